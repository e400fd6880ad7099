extension RunStatus {
    /// Why a run ended.
    public enum Reason: String, Codable, Sendable, CaseIterable {
        /// All epochs are done.
        case completed
        /// The limit of steps or minutes for this sitting is reached.
        case limit
        /// The monitored figure no longer improved.
        case earlyStopping = "early_stopping"
        /// A person at the keyboard asked for it.
        case interrupted
        /// The system asked for it.
        case terminated
        /// A loss was infinite or not a number.
        case nonFinite = "non_finite"
        /// The players diverged or collapsed, and going back did not help.
        case diverged
        /// Something else went wrong; the message says what.
        case error

        /// The state that follows.
        public var state: State {
            switch self {
            case .completed, .earlyStopping: .finished
            case .limit, .interrupted, .terminated: .stopped
            case .nonFinite, .diverged, .error: .failed
            }
        }

        /// The status that the process ends with.
        public var exitCode: Int32 {
            switch self {
            case .completed, .limit, .earlyStopping: 0
            case .error: 1
            case .nonFinite, .diverged: 4
            case .interrupted: 130
            case .terminated: 143
            }
        }
    }
}
