import Foundation
import Torch

/// Where the time of a step goes, for people and programs.
public struct ProfileReport: Codable, Sendable {
    /// One operator.
    public struct Row: Codable, Sendable {
        /// The operator, or a backward function.
        public let name: String
        /// Calls in a step.
        public let calls: Double
        /// Milliseconds of a step, without those of operators called by this one.
        public let milliseconds: Double
        /// Share of the time of all operators.
        public let share: Double

        /// A line of a table.
        public var text: String {
            String(format: "%6.2f ms  %4.1f %%  %5.1f×  ", milliseconds, share * 100, calls) + name
        }
    }

    /// The operators, the longest first; those under a thousandth of the time are left out.
    public let rows: [Row]
    /// Copies of batches to another order of their elements, in all steps.
    public let layoutCopies: Int
    /// A train step beside the machine's convolution rate; nothing for drawing.
    public let roofline: Roofline?

    init(_ profile: OperatorProfile, steps: Int, roofline: Roofline?) {
        self.roofline = roofline
        let total = profile.seconds
        rows = profile.entries.filter { $0.seconds > total / 1000 }.map { entry in
            Row(
                name: entry.name,
                calls: Double(entry.calls) / Double(steps),
                milliseconds: entry.seconds * 1000 / Double(steps),
                share: entry.seconds / total
            )
        }
        layoutCopies = profile.layoutCopies
    }
}
