import Files
import Foundation
import Reports

/// The sets of a studio: each in a folder of its own, with all that was sent.
actor PictureSets {
    /// Pictures that a set may have.
    static let mostPictures = 2000
    /// Bytes that an archive may have.
    static let mostArchiveBytes = 256 << 20
    /// Characters that a caption may have.
    static let longestCaption = 1000

    private let folder: URL
    private let check: PictureSetChecking

    /// The sets of a folder; the program looks at them.
    init(_ folder: URL, program: String) {
        self.folder = folder
        check = PictureSetChecking(program: program)
    }

    /// All sets, the newest first.
    func all() -> [PictureSet] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter(Identifier.isValid).sorted(by: >).compactMap { try? set($0) }
    }

    /// A set as it is now.
    ///
    /// - Throws: `APIError` where there is none.
    func set(_ id: String) throws -> PictureSet {
        guard let data = try? Data(contentsOf: url(id).appending(path: "set.json")),
            var set = try? JSONDecoder().decode(PictureSet.self, from: data)
        else { throw Self.missing }
        let names = files(of: id)
        set.isArchive = FileManager.default.fileExists(atPath: archive(id).path)
        set.pictures = names.count { $0.hasSuffix(".png") }
        set.captions = names.count { $0.hasSuffix(".txt") }
        return set
    }

    /// Begins a set.
    func make(name: String) throws -> PictureSet {
        let set = PictureSet(
            id: Identifier.make(),
            name: name,
            created: Date().timeIntervalSince1970
        )
        try FileManager.default.createDirectory(
            at: pictures(set.id),
            withIntermediateDirectories: true
        )
        try AtomicFile.write(
            StudioJSON.data(set),
            to: url(set.id).appending(path: "set.json")
        )
        return set
    }

    /// Adds a picture.
    ///
    /// - Parameters:
    ///   - upload: The picture.
    ///   - name: What its file was called.
    ///   - id: The set.
    /// - Returns: What its file is called in the set.
    /// - Throws: `APIError` where there is no such set, or it takes no more.
    func add(_ upload: UploadedPicture, name: String, to id: String) throws -> String {
        let set = try set(id)
        guard !set.isArchive else { throw Self.isArchive }
        guard set.pictures < Self.mostPictures else {
            throw APIError.invalid(
                "the set has \(Self.mostPictures) pictures, which is the limit; send more as an archive,"
                    + " or train with 'atelier train'",
                code: "too_many_pictures"
            )
        }
        let known = Set(files(of: id))
        let stem = Self.stem(of: name)
        var free = stem
        var number = 2
        while known.contains(free + ".png") {
            free = "\(stem)-\(number)"
            number += 1
        }
        try AtomicFile.write(upload.file, to: pictures(id).appending(path: free + ".png"))
        return free + ".png"
    }

    /// Says what pictures show, by their names in the set; an empty caption takes one away.
    ///
    /// - Throws: `APIError` for a name that no picture has.
    func caption(_ captions: [String: String], in id: String) throws -> PictureSet {
        let known = Set(try files(of: set(id).id))
        for (name, caption) in captions.sorted(by: { $0.key < $1.key }) {
            guard name.hasSuffix(".png"), known.contains(name) else {
                throw APIError.missing(
                    "the set has no picture '\(LogText.short(name))'",
                    parameter: "captions"
                )
            }
            let text = caption.trimmingCharacters(in: .whitespacesAndNewlines)
            let file = pictures(id).appending(path: name.dropLast(4) + ".txt")
            guard !text.isEmpty else {
                try? FileManager.default.removeItem(at: file)
                continue
            }
            for line in text.split(whereSeparator: \.isNewline) {
                try FieldRules.check(String(line), "captions", 1...Self.longestCaption)
            }
            try AtomicFile.write(Data((text + "\n").utf8), to: file)
        }
        return try set(id)
    }

    /// Makes an archive the whole of a set.
    ///
    /// - Throws: `APIError` where pictures were sent already, or it is none.
    func keep(archive data: Data, in id: String) throws -> PictureSet {
        guard try set(id).pictures == 0 else { throw Self.isArchive }
        guard data.starts(with: [0x50, 0x4B]) else {
            throw APIError.invalid("the file is no ZIP archive", code: "invalid_archive")
        }
        try AtomicFile.write(data, to: archive(id))
        return try set(id)
    }

    /// Removes a set with all that was sent.
    func remove(_ id: String) throws {
        _ = try set(id)
        try FileManager.default.removeItem(at: url(id))
    }

    /// Where a set lies, for runs: a folder, or an archive.
    func place(_ id: String) throws -> (file: URL, format: String) {
        try set(id).isArchive ? (archive(id), "zip") : (pictures(id), "folder")
    }

    /// What people call the set that a run learned from; nothing where it was none of these.
    func name(learnedBy run: RunRecord) -> String? {
        struct Options: Decodable {
            struct Data: Decodable { var path: String? }
            var data: Data?
        }
        let options = try? JSONDecoder().decode(Options.self, from: Data(run.options.utf8))
        guard let path = options?.data?.path else { return nil }
        return all().first { path.hasPrefix(url($0.id).path) }?.name
    }

    /// Looks at all pictures of a set and at what a run would make of them.
    func looked(at id: String, recipe: String) async throws -> PictureSetCheck {
        let (file, format) = try place(id)
        return try await check.look(at: file, format: format, recipe: recipe)
    }

    private func url(_ id: String) -> URL {
        folder.appending(path: id, directoryHint: .isDirectory)
    }

    private func pictures(_ id: String) -> URL {
        url(id).appending(path: "pictures", directoryHint: .isDirectory)
    }

    private func archive(_ id: String) -> URL { url(id).appending(path: "pictures.zip") }

    private func files(of id: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: pictures(id).path)) ?? []
    }

    /// What a picture is called: letters, digits and words of any script, nothing that leads elsewhere.
    private static func stem(of name: String) -> String {
        let last = name.split(separator: "/").last.map(String.init) ?? ""
        let stem = last.lastIndex(of: ".").map { String(last[..<$0]) } ?? last
        let plain = stem.map { $0.isLetter || $0.isNumber || "_- ".contains($0) ? $0 : "_" }
        let short = String(plain.prefix(60)).trimmingCharacters(in: .whitespaces)
        return short.isEmpty ? "picture" : short
    }

    private static var missing: APIError { .missing("there is no such set", code: "set_not_found") }

    private static var isArchive: APIError {
        .invalid(
            "a set is one archive, or pictures that are sent one by one; begin another",
            code: "invalid_set"
        )
    }
}
