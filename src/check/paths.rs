//! Paths as reports name them → paths as a configuration or baseline names them: from its own folder, wherever the program
//! was started.

/// From where paths are told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Base {
    /// Where the program was started, absolute, with forward slashes; empty where nobody asks.
    pub started: String,
    /// The folder from which paths are told, absolute, with forward slashes.
    pub folder: String,
}

impl Base {
    /// `path` as it is told from the folder; absolute where it lies outside of it.
    pub fn told(&self, path: &str) -> String {
        let path = path.replace('\\', "/");
        let is_absolute = path.starts_with('/') || path.as_bytes().get(1) == Some(&b':');
        let whole = if is_absolute { path } else { format!("{}/{path}", self.started) };
        let mut parts: Vec<&str> = Vec::new();
        for part in whole.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.last().is_some_and(|last| *last != "..") => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        let folder: Vec<&str> = self.folder.split('/').filter(|part| !part.is_empty()).collect();
        match parts.strip_prefix(folder.as_slice()) {
            Some(below) if is_absolute || !self.started.is_empty() || folder.is_empty() => below.join("/"),
            _ => format!("/{}", parts.join("/")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_from_the_folder_wherever_the_program_was_started() {
        let base = Base { started: "/home/ida/wiki/docs".to_owned(), folder: "/home/ida/wiki".to_owned() };
        assert_eq!(base.told("a.md"), "docs/a.md");
        assert_eq!(base.told("./b/../a.md"), "docs/a.md");
        assert_eq!(base.told("../README.md"), "README.md");
        assert_eq!(base.told("/home/ida/wiki/docs/a.md"), "docs/a.md");
        assert_eq!(base.told("../../other/a.md"), "/home/ida/other/a.md");
        assert_eq!(Base::default().told("./docs//a.md"), "docs/a.md");
    }
}
