import Foundation

/// Pictures of a person's own that runs can learn from: a folder of them, or one archive.
struct PictureSet: Codable, Sendable, Equatable {
    /// The studio's name for it.
    var id: String
    /// What people call it.
    var name: String
    /// Pictures that were sent one by one.
    var pictures = 0
    /// Those that have a caption.
    var captions = 0
    /// Whether it is an archive.
    var isArchive = false
    /// Seconds since 1970.
    var created: Double
}

/// What a look at a set found, before anything is trained.
struct PictureSetCheck: Codable, Sendable, Equatable {
    /// Pictures that can be read.
    var readable: Int
    /// What a person should know, a line each: what is left out, damaged, or there twice.
    var lines: [String]
    /// Minutes that a run takes on this machine; nothing where it cannot begin.
    @Nullable var minutes: Double?
    /// Why no run can begin with it; nothing where one can.
    @Nullable var refusal: String?
}
