import CVips

/// The picture library underneath: started once, on first use.
public enum Vips {
    private static let startMessage: String? = {
        var message: UnsafeMutablePointer<CChar>?
        guard cvips_start(&message) != 0 else { return nil }
        return VipsCall.take(message)
    }()

    /// Starts the library; what was started stays so.
    ///
    /// - Throws: `ImagingError` where libvips does not start.
    static func start() throws(ImagingError) {
        if let startMessage { throw .unavailable(reason: startMessage) }
    }

    /// The version of libvips.
    public static var version: String {
        String(cString: cvips_version())
    }

    /// How many threads one operation may use; 1 at first, for pictures are worked on in parallel.
    public static var concurrency: Int {
        get {
            try? start()
            return Int(cvips_concurrency())
        }
        set {
            try? start()
            cvips_set_concurrency(Int32(clamping: max(1, newValue)))
        }
    }

    /// How many bytes the library holds now; 0 where nothing is in progress.
    public static var heldBytes: Int { Int(cvips_held_bytes()) }

    /// How many blocks of memory the library holds now; 0 where nothing is in progress.
    public static var heldBlocks: Int { Int(cvips_held_blocks()) }
}
