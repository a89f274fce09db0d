//! The program: serves, checks what it is to serve on, brings the schema up to date, or tells of the
//! work in the background.

mod program;

use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use figment::Figment;
use persony::config::{LogFormat, figment, rocket_config};
use program::operators::Act;
use program::{check, fail, jobs, logging, migrate, operators, serve};

/// A personal calendar service for people whose data lives in Oracle.
///
/// Without a command it serves. Settings come from Rocket.toml, .env and the environment; the file
/// .env.example explains each.
#[derive(Parser)]
#[command(version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve until told to stop (SIGTERM, Ctrl-C)
    Serve,
    /// Say whether the configuration holds and the database can be had
    Check,
    /// Make the schema of the database what this version needs
    Migrate {
        /// Print the statements that are pending, and run none
        #[arg(long)]
        dry_run: bool,
        /// How long to wait for another instance that migrates
        #[arg(long, value_name = "SECONDS", default_value_t = 600, conflicts_with = "dry_run")]
        wait: u64,
    },
    /// Show what is done in the background, and how it went
    Jobs {
        #[command(subcommand)]
        command: Option<JobsCommand>,
    },
    /// See accounts and act on them, whether servers run or not
    Users {
        #[command(subcommand)]
        command: UsersCommand,
    },
    /// Show what was done to an account, the newest first
    Audit(Account),
}

#[derive(Subcommand)]
enum UsersCommand {
    /// Show all accounts
    List,
    /// Show an account, and where it is logged in
    Show(Account),
    /// Let nobody log in to an account, and end its sessions
    Deactivate(Account),
    /// Take back that an account is deactivated
    Activate(Account),
    /// Give an account a new password, which is printed, and end its sessions
    ResetPassword(Account),
    /// End all sessions of an account
    EndSessions(Account),
    /// Print all that is known of an account's person, as one JSON document
    Export(Account),
    /// Let nobody log in to an account, and leave nothing of it after ACCOUNT_RETENTION_DAYS
    Erase(Account),
    /// Take back that an account is erased
    Restore(Account),
}

#[derive(Args)]
struct Account {
    /// Its address, exactly as it was registered
    email: String,
}

#[derive(Subcommand)]
enum JobsCommand {
    /// Run a job now, due or not, unless somebody is at it
    Run {
        /// Its name, as `persony jobs` shows it
        name: String,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let figment = figment();
    let config = match rocket_config(&figment) {
        Ok(config) => config,
        Err(error) => return fail(format!("Persony cannot start: {error}")),
    };
    logging::start(config.log_level, LogFormat::load(&figment));
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::serve(figment, &config),
        Command::Check => check::check(&figment),
        Command::Migrate { dry_run, wait } => migrate::migrate(&figment, dry_run, Duration::from_secs(wait)),
        Command::Users { command } => users(&figment, command),
        Command::Audit(Account { email }) => operators::audit(&figment, &email),
        Command::Jobs { command: None } => jobs::show(&figment),
        Command::Jobs { command: Some(JobsCommand::Run { name }) } => jobs::run(&figment, &name),
    }
}

fn users(figment: &Figment, command: UsersCommand) -> ExitCode {
    let (act, Account { email }) = match command {
        UsersCommand::List => return operators::list(figment),
        UsersCommand::Show(Account { email }) => return operators::show(figment, &email),
        UsersCommand::Export(Account { email }) => return operators::export(figment, &email),
        UsersCommand::Deactivate(account) => (Act::Deactivate, account),
        UsersCommand::Activate(account) => (Act::Activate, account),
        UsersCommand::ResetPassword(account) => (Act::ResetPassword, account),
        UsersCommand::EndSessions(account) => (Act::EndSessions, account),
        UsersCommand::Erase(account) => (Act::Erase, account),
        UsersCommand::Restore(account) => (Act::Restore, account),
    };
    operators::act(figment, act, &email)
}
