mod compression;
mod document;
mod pages;
