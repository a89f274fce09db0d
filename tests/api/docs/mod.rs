mod document;
mod pages;
