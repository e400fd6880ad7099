import CTorch

/// Which of libtorch's operators ran, how often and how long.
public struct OperatorProfile: Sendable {
    /// All calls of one operator.
    public struct Entry: Sendable {
        /// The operator's name, or that of a backward function.
        public let name: String
        /// How often it ran.
        public let calls: Int
        /// Seconds in it, without those in operators that it called.
        public let seconds: Double
    }

    /// The operators, the longest first.
    public let entries: [Entry]

    /// Copies that brought a batch of pictures from one order of its elements to another.
    public let layoutCopies: Int

    /// Seconds in all operators.
    public var seconds: Double { entries.reduce(0) { $0 + $1.seconds } }

    /// Runs the body and watches the operators of this thread meanwhile.
    ///
    /// - Precondition: no other profile is being made on the thread.
    public static func of<Failure: Error>(
        _ body: () throws(Failure) -> Void
    ) throws(Failure) -> OperatorProfile {
        require(ctorch_begin_profile(), "begin a profile")
        let result = Result { () throws(Failure) in try body() }
        var entries: [Entry] = []
        let copies = withUnsafeMutablePointer(to: &entries) { list in
            ctorch_end_profile(
                { name, calls, seconds, list in
                    guard let name else { return }
                    list?.assumingMemoryBound(to: [Entry].self).pointee.append(
                        Entry(name: String(cString: name), calls: Int(calls), seconds: seconds)
                    )
                },
                list
            )
        }
        try result.get()
        return OperatorProfile(
            entries: entries.sorted { $0.seconds > $1.seconds },
            layoutCopies: Int(copies)
        )
    }
}
