import Checks
import Neural
import Torch

/// What the tensors of another program are called here: a table of pairs of patterns.
///
/// Names are compared piece by piece between their points. `{level}` stands for any one piece, the
/// same in both patterns; `{~level}` for a number counted from the other end. Every tensor here has
/// its one tensor there, and the other way round.
struct WeightRules: Sendable {
    /// A name there and the same tensor's here.
    struct Rule: Sendable {
        let theirs: [Substring]
        let ours: [Substring]

        init(_ theirs: String, _ ours: String) {
            self.theirs = theirs.split(separator: ".")
            self.ours = ours.split(separator: ".")
        }
    }

    let rules: [Rule]
    /// Beginnings of names of what the other program keeps and no network here needs.
    let unused: [String]
    /// The greatest number that counting from the other end turns around.
    let last: Int

    init(_ rules: [Rule], unused: [String] = [], last: Int = 0) {
        (self.rules, self.unused, self.last) = (rules, unused, last)
    }

    /// The other program's name of a tensor of ours.
    func name(of ours: String) -> String? {
        let pieces = ours.split(separator: ".")
        for rule in rules {
            if let found = values(of: rule.ours, in: pieces) {
                return rule.theirs.map { filled($0, found) }.joined(separator: ".")
            }
        }
        return nil
    }

    /// Gives a module the tensors of another program: all of them, no others, of the same shapes.
    ///
    /// Numbers with a fraction become those of the module's type.
    ///
    /// - Parameters:
    ///   - tensors: Tensors by their names there.
    ///   - module: Whose tensors they become.
    ///   - origin: Where they come from, for the error.
    /// - Throws: `StateMismatch` with everything that differs, by the names there; the module is
    ///   then unchanged.
    func load(
        _ tensors: [String: Tensor],
        into module: Module,
        origin: String
    ) throws(StateMismatch) {
        let outlines = module.outline()
        var names: [String: String] = [:]
        for ours in outlines.keys {
            guard let theirs = name(of: ours) else { preconditionFailure("no rule for '\(ours)'") }
            precondition(names.updateValue(ours, forKey: theirs) == nil, "'\(theirs)' twice")
        }
        let used = tensors.filter { name, _ in !unused.contains { name.hasPrefix($0) } }
        var found: [String: TensorOutline] = [:]
        for (name, tensor) in used {
            let wanted = names[name].flatMap { outlines[$0]?.dtype }
            let isClose = tensor.dtype.isFloatingPoint && wanted?.isFloatingPoint == true
            found[name] = TensorOutline(
                shape: tensor.shape,
                dtype: isClose ? wanted ?? tensor.dtype : tensor.dtype
            )
        }
        try StateMismatch.check(
            found,
            against: names.compactMapValues { outlines[$0] },
            origin: origin
        )
        var state: [String: Tensor] = [:]
        for (theirs, ours) in names {
            guard let tensor = used[theirs], let outline = outlines[ours] else { continue }
            state[ours] = tensor.converted(to: outline.dtype)
        }
        try module.load(state: state, origin: origin)
    }

    /// What the placeholders of a pattern stand for, if it fits.
    private func values(of pattern: [Substring], in pieces: [Substring]) -> [Substring: Substring]?
    {
        guard pattern.count == pieces.count else { return nil }
        var found: [Substring: Substring] = [:]
        for (wanted, piece) in zip(pattern, pieces) {
            if wanted.hasPrefix("{") {
                found[wanted.dropFirst().dropLast()] = piece
            } else if wanted != piece {
                return nil
            }
        }
        return found
    }

    private func filled(_ piece: Substring, _ values: [Substring: Substring]) -> String {
        guard piece.hasPrefix("{") else { return String(piece) }
        let name = piece.dropFirst().dropLast()
        if name.hasPrefix("~"), let number = values[name.dropFirst()].flatMap({ Int($0) }) {
            return String(last - number)
        }
        return String(values[name] ?? piece)
    }
}
