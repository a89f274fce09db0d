/// A table for a person to read: a line of headings and the rows, with columns as wide as need be. What
/// would steer a terminal is shown as U+FFFD: some of it, people wrote of themselves.
pub fn table<const N: usize>(headings: [&str; N], rows: &[[String; N]]) -> String {
    let rows = rows.iter().map(|row| row.each_ref().map(|cell| shown(cell)));
    let lines: Vec<_> = std::iter::once(headings.map(str::to_owned)).chain(rows).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let written = |line: &[String; N]| {
        let cells: String = line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}  ")).collect();
        format!("{}\n", cells.trim_end())
    };
    lines.iter().map(written).collect()
}

/// A text without what would steer a terminal.
pub fn shown(text: &str) -> String {
    text.replace(char::is_control, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["Jürgen".to_owned(), "1".to_owned()], ["Jo".into(), "22".into()]];
        assert_eq!(table(["NAME", "N"], &rows), "NAME    N\nJürgen  1\nJo      22\n");
        assert_eq!(table(["NAME", "N"], &[]), "NAME  N\n");
        assert_eq!(table(["NAME"], &[["a\u{1b}[2J\n".into()]]), "NAME\na\u{fffd}[2J\u{fffd}\n");
    }
}
