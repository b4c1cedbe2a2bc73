//! Reading files from a folder made for the test: precedence, skipping, errors.

use super::*;
use crate::error::ErrorKind;
use crate::model::NamedBy;
use std::path::Path;

/// A folder of its own for one test, gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("crossclaim-read-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn read(&self, settings: &ReadSettings) -> (Vec<Document>, Vec<Skipped>) {
        read(std::slice::from_ref(&self.0), settings)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn read(paths: &[PathBuf], settings: &ReadSettings) -> (Vec<Document>, Vec<Skipped>) {
    let Discovery { inputs, mut skipped } = discover(paths, settings).unwrap();
    let mut documents = Vec::new();
    for input in &inputs {
        let (read, not_read) = read_input(input, settings);
        documents.extend(read);
        skipped.extend(not_read);
    }
    (documents, skipped)
}

fn outlet(document: &Document) -> (&str, NamedBy) {
    (&document.source.name, document.source.named_by)
}

fn sources(pairs: &[(&str, &str)]) -> ReadSettings {
    let sources = pairs.iter().map(|&(name, glob)| (name.to_owned(), glob.to_owned())).collect();
    ReadSettings { sources, ..ReadSettings::default() }
}

#[test]
fn the_outlet_is_named_by_the_first_that_tells_it() {
    let folder = Folder::new("precedence");
    let record = r#"{"id": 7, "source": "Field Post", "url": "https://www.domain.example/x", "text": "It rained."}"#;
    folder.write("stem.jsonl", record);
    let named = |settings: &ReadSettings| {
        let (documents, _) = folder.read(settings);
        (documents[0].source.name.clone(), documents[0].source.named_by)
    };
    assert_eq!(named(&ReadSettings::default()), ("Field Post".to_owned(), NamedBy::Metadata));
    folder.write("sources.toml", "[[source]]\nname = \"Manifest Post\"\npaths = [\"*.jsonl\"]\nowner = \"Holding\"\n");
    assert_eq!(named(&ReadSettings::default()), ("Manifest Post".to_owned(), NamedBy::Manifest));
    assert_eq!(folder.read(&ReadSettings::default()).0[0].source.owner.as_deref(), Some("Holding"));
    assert_eq!(named(&sources(&[("Flag Post", "stem.jsonl")])), ("Flag Post".to_owned(), NamedBy::Flag));
    assert_eq!(folder.read(&sources(&[("Flag Post", "*.jsonl")])).0[0].source.owner, None);
    std::fs::remove_file(folder.0.join("sources.toml")).unwrap();
    folder.write("stem.jsonl", record.replace("Field Post", " "));
    assert_eq!(named(&ReadSettings::default()), ("domain.example".to_owned(), NamedBy::Domain));
    folder.write("stem.jsonl", r#"{"text": "It rained."}"#);
    assert_eq!(named(&ReadSettings::default()), ("stem".to_owned(), NamedBy::FileName));
}

#[test]
fn folders_are_outlets_only_where_they_look_like_it() {
    let folder = Folder::new("folders");
    folder.write("courier/a.txt", "It rained.");
    folder.write("gazette/deep/b.txt", "It snowed.");
    folder.write("gazette/c.txt", "It was dry.");
    let (documents, _) = folder.read(&ReadSettings::default());
    let outlets: Vec<_> = documents.iter().map(outlet).collect();
    let by_folder = |name| (name, NamedBy::Folder);
    assert_eq!(outlets, [by_folder("courier"), by_folder("gazette"), by_folder("gazette")]);
    // Two given folders are two outlets as well.
    let given = [folder.0.join("courier"), folder.0.join("gazette/deep")];
    let (documents, _) = read(&given, &ReadSettings::default());
    assert_eq!(documents.iter().map(outlet).collect::<Vec<_>>(), [by_folder("courier"), by_folder("deep")]);
    // Of two given folders of which one lies in the other, the inner one names what is in both.
    for given in [["gazette", "gazette/deep"], ["gazette/deep", "gazette"]] {
        let (documents, _) = read(&given.map(|name| folder.0.join(name)), &ReadSettings::default());
        assert_eq!(documents.iter().map(outlet).collect::<Vec<_>>(), [by_folder("gazette"), by_folder("deep")]);
    }
    // A document beside the folders: the folders are no outlets.
    folder.write("a.txt", "It rained.");
    let (documents, _) = folder.read(&ReadSettings::default());
    assert!(documents.iter().all(|document| document.source.named_by == NamedBy::FileName));
    let dates = Folder::new("date-folders");
    dates.write("2025-11-24/courier.txt", "It rained.");
    dates.write("2025-11-25/courier.txt", "It snowed.");
    let (documents, _) = dates.read(&ReadSettings::default());
    assert_eq!(outlet(&documents[1]), ("courier", NamedBy::FileName));
}

#[test]
fn the_manifest_gives_date_and_address_and_is_no_document() {
    let folder = Folder::new("manifest");
    folder.write("a.md", "---\ndate: 2020-01-01\nurl: https://a.example/1\n---\nIt rained.");
    folder.write("b/c.txt", "It snowed.");
    folder.write(
        "sources.toml",
        "[[source]]\nname = \"A\"\npaths = [\"a.md\", \"b/\"]\npublished = 2025-11-24\nurl = \"https://home.example\"\n",
    );
    let (documents, skipped) = folder.read(&ReadSettings::default());
    assert_eq!(skipped, []);
    assert_eq!(documents.len(), 2);
    for document in &documents {
        assert_eq!(outlet(document), ("A", NamedBy::Manifest));
        assert_eq!(document.published, Some(jiff::civil::date(2025, 11, 24)));
    }
    assert_eq!(documents[0].url.as_deref(), Some("https://a.example/1"));
    assert_eq!(documents[1].url.as_deref(), Some("https://home.example"));
    // A manifest is looked for in given folders and beside given files, no further up; it may be given from elsewhere.
    let (documents, _) = read(&[folder.0.join("b/c.txt")], &ReadSettings::default());
    assert_eq!(outlet(&documents[0]), ("c", NamedBy::FileName));
    let elsewhere = folder.write("lists/mine.toml", "[[source]]\nname = \"B\"\npaths = [\"../b/*.txt\"]\n");
    let settings = ReadSettings { manifest: Some(elsewhere), ..ReadSettings::default() };
    let (documents, _) = folder.read(&settings);
    assert_eq!(outlet(&documents[1]), ("B", NamedBy::Manifest));
    assert_eq!(outlet(&documents[0]), ("a.example", NamedBy::Domain));
}

#[test]
fn a_wrong_manifest_ends_the_run_with_its_line() {
    let folder = Folder::new("bad-manifest");
    folder.write("a.txt", "It rained.");
    for (manifest, expected) in [
        ("[[source]]\nname = \"A\"\npath = [\"a\"]\n", "sources.toml:3: unknown field `path`"),
        ("[[source]]\nname = \"A\"\n", "missing field `paths`"),
        ("[[source]]\nname = \" \"\npaths = [\"a\"]\n", "sources.toml:2: a source needs a name"),
        ("[[source]]\nname = \"A\"\npaths = [\"[\"]\n", "sources.toml:3: `[` in `paths` of `A`"),
        ("[[source]]\nname = \"A\"\npaths = []\n", "`paths` of `A` is empty"),
        ("[[source]]\nname = \"A\"\npaths = [\"a\"]\npublished = \"soon\"\n", "sources.toml:4: `published` of `A`"),
        ("[[sources]]\n", "unknown field `sources`"),
        ("x = = 1", "sources.toml:1: "),
    ] {
        folder.write("sources.toml", manifest);
        let error = discover(std::slice::from_ref(&folder.0), &ReadSettings::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{error}");
        assert!(error.to_string().contains(expected), "{error} should contain {expected}");
    }
    let settings = ReadSettings { manifest: Some(folder.0.join("none.toml")), ..ReadSettings::default() };
    let error = discover(&[folder.write("a.txt", "It rained.")], &settings).unwrap_err();
    assert!(error.to_string().contains("none.toml: cannot be read"), "{error}");
}

#[test]
fn a_source_flag_that_matches_nothing_is_an_error() {
    let folder = Folder::new("flags");
    folder.write("a.txt", "It rained.");
    let fail = |settings: &ReadSettings| discover(std::slice::from_ref(&folder.0), settings).unwrap_err();
    let error = fail(&sources(&[("Courier", "b*.txt")]));
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert!(error.to_string().contains("unknown source, `b*.txt` matches none"), "{error}");
    assert!(fail(&sources(&[("Courier", "[")])).to_string().contains("Courier=["));
    assert!(fail(&sources(&[(" ", "a.txt")])).to_string().contains("name is missing"));
    // The first flag that matches names the outlet, and a pattern with a folder goes by the whole path.
    let settings = sources(&[("One", "a.txt"), ("Two", &folder.path("*.txt"))]);
    assert_eq!(outlet(&folder.read(&settings).0[0]), ("One", NamedBy::Flag));
}

#[test]
fn what_is_not_there_ends_the_run() {
    let folder = Folder::new("missing");
    let fail = |path: PathBuf| discover(&[path], &ReadSettings::default()).unwrap_err();
    for (path, expected) in
        [("none.txt", "none.txt` does not exist"), ("", "holds no document"), ("*.txt", "no document matches")]
    {
        let error = fail(folder.0.join(path));
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(error.to_string().contains(expected), "{error}");
    }
    folder.write("only.pdf", "%PDF-1.7");
    assert!(fail(folder.0.clone()).to_string().contains("only.pdf: PDF is not read"));
    assert!(fail(folder.0.join("only.pdf")).to_string().contains("no input can be read; "));
    assert_eq!(discover(&[], &ReadSettings::default()).unwrap_err().kind(), ErrorKind::Usage);
}

#[test]
fn a_folder_lists_what_may_be_an_article_and_passes_over_what_is_none() {
    let folder = Folder::new("walk");
    for (name, bytes) in [
        ("b.txt", "It rained."),
        ("a/z.md", "It snowed."),
        ("picture.png", "\u{89}PNG\0\0"),
        ("sounds", "RIFF\0\0"),
        ("page.html", "<html>"),
        ("note.draft", "It was dry."),
        ("LICENSE", "Free."),
        ("LICENSE-MIT", "Free."),
        ("copying.txt", "Free."),
        ("build.toml", "x = 1"),
        (".hidden.txt", "Nobody knows."),
        ("ignored.txt", "Nobody reads."),
        ("left-out.txt", "Nobody reads."),
        (".gitignore", "ignored.txt\n"),
        (".crossclaimignore", "left-out.txt\n"),
    ] {
        folder.write(name, bytes);
    }
    let (documents, skipped) = folder.read(&ReadSettings::default());
    let paths: Vec<_> = documents.iter().map(|document| document.origin.path.clone()).collect();
    assert_eq!(paths, [folder.path("a/z.md"), folder.path("b.txt")]);
    let skipped: Vec<_> = skipped.iter().map(|entry| (entry.path.clone(), entry.reason.clone())).collect();
    assert_eq!(
        skipped.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>(),
        [folder.path("note.draft"), folder.path("sounds"), folder.path("page.html")]
    );
    assert!(skipped[0].1.contains("unknown ending .draft"));
    assert!(skipped[1].1.contains("binary"));
    assert!(skipped[2].1.contains("no text of an article"));
    // Named itself, an ignored file is read, and so is one with an unknown ending.
    let named = [folder.0.join("note.draft"), folder.0.join("ignored.txt"), folder.0.join("picture.png")];
    let (documents, skipped) = read(&named, &ReadSettings::default());
    assert_eq!(documents.len(), 2);
    assert_eq!(skipped.len(), 1, "a picture that is named is told");
}

#[test]
fn a_file_reached_twice_is_read_once_in_whatever_order() {
    let folder = Folder::new("twice");
    let file = folder.write("a.txt", "It rained.");
    folder.write("b.txt", "It snowed.");
    let given = [folder.0.clone(), file.clone(), folder.0.join("./a.txt"), folder.0.join("*.txt")];
    let backwards: Vec<_> = given.iter().rev().cloned().collect();
    let (documents, _) = read(&given, &ReadSettings::default());
    assert_eq!(documents.len(), 2);
    assert_eq!(documents, read(&backwards, &ReadSettings::default()).0);
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_are_reported() {
    let folder = Folder::new("circle");
    folder.write("in/a.txt", "It rained.");
    std::os::unix::fs::symlink(&folder.0, folder.0.join("in/up")).unwrap();
    std::os::unix::fs::symlink(folder.0.join("gone"), folder.0.join("broken.txt")).unwrap();
    let (documents, skipped) = folder.read(&ReadSettings::default());
    assert_eq!(documents.len(), 1);
    assert_eq!(skipped.len(), 2, "{skipped:?}");
    assert!(skipped.iter().any(|entry| entry.path.ends_with("in/up") && entry.reason.contains("leads back")));
    assert!(skipped.iter().any(|entry| entry.path.ends_with("broken.txt")));
}

#[test]
fn files_that_cannot_be_read_are_skipped_with_the_mend() {
    let folder = Folder::new("unreadable");
    for (name, bytes, expected) in [
        ("empty.txt", &b""[..], "is empty"),
        ("blank.md", b"\n \n", "is empty"),
        ("broken.txt", b"caf\xC3\xA9s, \xC3\xA9tudes, caf\xE9", "iconv"),
        ("binary.txt", b"a\0b", "NUL"),
        ("page.txt", b"<!DOCTYPE html><script>It();", "holds no text of an article"),
        ("map.xml", b"<?xml version='1.0'?><urlset/>", "no feed"),
        ("empty.jsonl", b"\n", "is empty"),
        ("empty.csv", b"", "is empty"),
        ("header.csv", b"id,text\n", "is empty"),
        ("open.csv", b"id,text\n1,\"It rained.\n2,It snowed.\n", "not closed"),
        ("columns.csv", b"id,words\n1,It rained.\n", "columns found: id, words"),
        ("settings.json", b"{\"a\": 1}", "fields found: a"),
        ("cut.json", b"[{\"id\": 1", "malformed JSON"),
    ] {
        folder.write(name, bytes);
        let (documents, skipped) = read(&[folder.0.join(name)], &ReadSettings::default());
        assert_eq!(documents, [], "{name}");
        assert_eq!(skipped.len(), 1, "{name}: {skipped:?}");
        assert!(skipped[0].reason.contains(expected), "{name}: {}", skipped[0].reason);
    }
    let settings = ReadSettings { max_document_bytes: 20, ..ReadSettings::default() };
    folder.write("long.txt", "It rained for many days.");
    folder.write("long.jsonl", "{\"text\":\"dry\"}\n{\"text\":\"It rained for many days.\"}\n{\"text\":\"wet\"}");
    let (documents, skipped) = read(&[folder.0.join("long.txt"), folder.0.join("long.jsonl")], &settings);
    assert_eq!(documents.len(), 2);
    assert_eq!(skipped.len(), 2);
    assert!(skipped.iter().all(|entry| entry.reason.contains("limit of 20 bytes")));
}

#[test]
fn standard_input_takes_its_format_from_the_name_it_stands_for() {
    let settings = ReadSettings { stdin_name: Some("news/courier.jsonl".to_owned()), ..sources(&[("Post", "news/*")]) };
    let found = discover(&[PathBuf::from("-"), PathBuf::from("-")], &settings).unwrap();
    assert_eq!(found.inputs.len(), 1);
    assert_eq!(found.inputs[0].path(), "news/courier.jsonl");
    assert_eq!(found.inputs[0].reader().map(Reader::name), Some("jsonl"));
    assert_eq!(found.inputs[0].names().flag.as_deref(), Some("Post"));
    let found = discover(&[PathBuf::from("-")], &ReadSettings::default()).unwrap();
    assert_eq!(found.inputs[0].path(), "-");
    assert!(found.inputs[0].reader().is_none());
}

#[test]
fn bytes_in_memory_are_read_as_the_file_they_stand_for() {
    let input = Input::of_bytes("news/courier.md", b"# Pier shut\n\nThe pier was *shut* on Monday.".to_vec());
    let (documents, skipped) = read_input(&input, &ReadSettings::default());
    assert_eq!((documents.len(), skipped.len()), (1, 0));
    assert_eq!(documents[0].origin.format, "markdown");
    assert_eq!(outlet(&documents[0]), ("courier", NamedBy::FileName));
    assert!(documents[0].text.ends_with("The pier was shut on Monday."));
}

#[test]
fn a_format_is_recognized_by_its_first_bytes() {
    for (head, expected) in [
        ("+++\ntitle = \"a\"\n+++\nb", "markdown"),
        ("{\"id\": 1, \"text\": \"a\"}\n{\"id\": 2}", "jsonl"),
        ("[\n {\"id\": 1}]", "json"),
        ("{\n \"id\": 1}", "json"),
        ("id,source,text\n1,a,b\n", "csv"),
        ("source\ttext\na\tb\n", "csv"),
        ("The text, the date and the title were lost.\n", "text"),
        ("<?xml version='1.0'?><rss>", "feed"),
        ("<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        ("\n<!DOCTYPE html>\n<p>a", "html"),
    ] {
        assert_eq!(unread::recognize(head.as_bytes()).map(|reader| reader.name()), Ok(expected), "{head}");
    }
    assert!(unread::recognize(b"\x7fELF\0").is_err());
}

#[test]
fn every_ending_belongs_to_one_reader_and_every_reader_has_its_file() {
    let mut endings: Vec<_> = READERS.iter().flat_map(|reader| reader.extensions()).collect();
    let count = endings.len();
    endings.sort_unstable();
    endings.dedup();
    assert_eq!(endings.len(), count);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/read");
    for reader in READERS {
        assert!(folder.join(format!("{}.rs", reader.name())).is_file(), "{}", reader.name());
    }
}

#[test]
fn a_mark_of_inches_is_no_open_quotation() {
    let folder = Folder::new("inches");
    folder.write("a.csv", "id,text\n1,The pipe is 5\" wide.\n2,\"It rained.\n\nIt snowed.\"\n3,It is dry.\n");
    let (documents, skipped) = folder.read(&ReadSettings::default());
    assert_eq!(skipped, []);
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[0].text, "The pipe is 5\" wide.");
}

#[test]
fn equal_records_on_one_line_are_two_documents() {
    let folder = Folder::new("one-line");
    folder.write("a.json", r#"[{"claim": "It rained."}, {"claim": "It rained."}]"#);
    let (documents, _) = folder.read(&ReadSettings::default());
    assert_eq!(documents.len(), 2);
    assert_ne!(documents[0].id, documents[1].id);
    folder.write("a.json", "[{\"claim\": \"é\"},\n {\"claim\": \"b\"}, {\"id\": 1}, {\"id\" 2}]");
    let (documents, skipped) = folder.read(&ReadSettings::default());
    assert_eq!(documents.iter().map(|document| document.origin.record).collect::<Vec<_>>(), [Some(1), Some(2)]);
    assert_eq!(
        skipped.iter().map(|entry| entry.place).collect::<Vec<_>>(),
        [Some(Place { line: 2, column: 18 }), Some(Place { line: 2, column: 35 })]
    );
}

/// Reads `bytes` by every reader and checks what holds for any input.
fn holds_for(bytes: &[u8]) {
    let settings = ReadSettings::default();
    for reader in READERS {
        let mut given = 0;
        reader.read(&mut std::io::Cursor::new(bytes), &settings, &mut |one| {
            given += 1;
            let Given::Document(draft) = one else { return };
            let mut at = 0;
            for passage in &draft.passages {
                let words = passage.span.of(&draft.text);
                assert_eq!(words, words.trim());
                assert!(!words.is_empty());
                assert!(draft.text[at..passage.span.start as usize].trim().is_empty());
                at = passage.span.end as usize;
                draft.lines.place(&draft.text, at);
            }
            assert!(!draft.passages.is_empty());
            assert!(draft.text[at..].trim().is_empty());
            if let LineMap::Runs(runs) = &draft.lines {
                assert!(runs.is_sorted_by_key(|run| run.text), "{runs:?}");
            }
            assert_eq!(draft.title.is_some(), draft.passages[0].kind == crate::model::PassageKind::Headline);
        });
        assert!(given > 0, "{} says nothing", reader.name());
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_break_a_reader(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        holds_for(&bytes);
    }

    #[test]
    fn no_text_breaks_a_reader(
        pieces in proptest::collection::vec(
            proptest::sample::select(vec![
                "# ", "\n", "\n\n", "- ", "1. ", "> ", "word ", "**", "*", "`", "```", "~~", "![a", "](b)", "[", "|", "---",
                "+++", "title: x", "title = \"x\"", "&amp;", "&nbsp;", "<b>", "<br>", "<!-- ", " -->", "\r\n", "\t", "    ",
                "é", "習", "{\"text\": \"a\"}", "[^1]", "[^1]: ", "\\", "text,id\n", "\"", "\u{00A0}", "$", ":", "  \n",
            ]),
            0..40,
        )
    ) {
        holds_for(pieces.concat().as_bytes());
    }
}

#[test]
fn comments_and_lines_of_code_of_mdx_are_no_text() {
    let folder = Folder::new("mdx");
    let page = "---\ntitle: Backups\n---\nimport Tabs from '@theme/Tabs';\nimport \"./style.css\"\n\nexport const days = {\n  kept: 30,\n};\n\n\
        Backups {/* of all\nregions */} are kept for thirty days.\n\nimport what you need from the archive.\n\n\
        `{/* crossclaim-ignore: negation not one */}` shows a comment.\n\n```js\n{/* crossclaim-ignore: negation not one */}\n```\n\n\
        {/* crossclaim-ignore: negation as agreed */}\nNothing is lost.\n";
    folder.write("page.mdx", page);
    let (documents, skipped) = folder.read(&ReadSettings::default());
    assert_eq!(skipped, []);
    let document = &documents[0];
    let prose: Vec<String> = document
        .passages
        .iter()
        .filter(|passage| passage.set_aside.is_none())
        .map(|passage| passage.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        prose,
        [
            "Backups",
            "Backups are kept for thirty days.",
            "import what you need from the archive.",
            "shows a comment.",
            "Nothing is lost."
        ]
    );
    let asked: Vec<(&str, u32)> =
        document.details.ignores.iter().map(|asked| (asked.reason.as_str(), asked.place.line)).collect();
    assert_eq!(asked, [("as agreed", 22)]);
}
