import Adversarial
import Neural
import Runs
import Torch

/// Gives new networks the weights of trained ones, tensor by tensor, where name and shape fit.
struct Transfer {
    /// The trained networks.
    let source: TransferSource
    private let start: Recipe.Start

    /// Reads what a recipe begins with.
    ///
    /// - Throws: What is wrong with the files, or that they are of another family.
    init(_ start: Recipe.Start, for recipe: Recipe) throws {
        self.start = start
        var source = try TransferSource(contentsOf: start.from)
        if let path = start.discriminator {
            source.discriminator = try TransferSource(contentsOf: path).discriminator
        }
        guard source.family == recipe.model.family else {
            throw TrainingError.otherFamily(
                expected: recipe.model.family,
                found: source.family,
                path: start.from
            )
        }
        self.source = source
    }

    /// Fills both networks with what fits.
    ///
    /// - Returns: What was taken, for each network that there was anything for.
    func apply(
        to generator: any Generator,
        _ discriminator: any Discriminator
    ) throws -> [TransferReport] {
        var reports = [
            try fill(generator, "generator", with: source.generator, shifting: [])
        ]
        if !source.discriminator.isEmpty {
            reports.append(
                try fill(
                    discriminator,
                    "discriminator",
                    with: source.discriminator,
                    shifting: discriminator.finestFirst
                )
            )
        }
        return reports
    }

    /// The discriminator's parameters without those that stay as they are.
    static func trained(_ discriminator: any Discriminator, freezing layers: Int) -> Set<String> {
        let names = discriminator.members.parameters.map(\.name)
        var seen: [String] = []
        for name in names {
            let layer = name.split(separator: ".").dropLast().joined(separator: ".")
            if !seen.contains(layer) { seen.append(layer) }
        }
        let frozen = Set(seen.prefix(layers))
        return Set(
            names.filter {
                !frozen.contains($0.split(separator: ".").dropLast().joined(separator: "."))
            }
        )
    }

    private func fill(
        _ network: Module,
        _ name: String,
        with tensors: [String: Tensor],
        shifting lists: [String]
    ) throws -> TransferReport {
        var report = TransferReport(network: name)
        var state: [String: Tensor] = [:]
        // All lists belong to the same sizes; the first one has an element for each.
        let shift =
            lists.first.map {
                count($0, network.state().map(\.name)) - count($0, Array(tensors.keys))
            } ?? 0
        let shifts = Dictionary(uniqueKeysWithValues: lists.map { ($0, shift) })
        for (name, own) in network.state() {
            report.allNumbers += own.count
            state[name] = own
            guard let origin = Transfer.origin(of: name, shifts: shifts) else {
                report.fresh[name] = "a size that the other does not have"
                continue
            }
            guard let found = tensors[origin] else {
                report.fresh[name] = "not in the other"
                continue
            }
            if found.shape == own.shape {
                state[name] = found.converted(to: own.dtype)
            } else if start.keepsClasses, let table = extended(own, by: found) {
                state[name] = table
            } else {
                report.fresh[name] = "\(own.shape) here, \(found.shape) there"
                continue
            }
            report.taken.append(name)
            report.takenNumbers += own.count
        }
        try network.load(state: state, origin: start.from)
        return report
    }

    /// A table with one row for each label, or a layer with one column: old labels' from the other.
    private func extended(_ own: Tensor, by found: Tensor) -> Tensor? {
        guard own.rank == 2, found.rank == 2 else { return nil }
        let (rows, columns) = found.shape2
        if own.size(1) == columns, own.size(0) > rows {
            return Tensor.concatenated([
                found.converted(to: own.dtype), own.sliced(rows..<own.size(0), along: 0),
            ])
        }
        if own.size(0) == rows, own.size(1) > columns {
            return Tensor.concatenated(
                [found.converted(to: own.dtype), own.sliced(columns..<own.size(1), along: 1)],
                along: 1
            )
        }
        return nil
    }

    /// How many elements a list of layers has.
    private func count(_ list: String, _ names: [String]) -> Int {
        let indices = names.compactMap { name -> Int? in
            let parts = name.split(separator: ".")
            return parts.first.map(String.init) == list && parts.count > 1 ? Int(parts[1]) : nil
        }
        return (indices.max() ?? -1) + 1
    }

    /// The other's name of a tensor, where lists from fine to coarse begin later or earlier.
    private static func origin(of name: String, shifts: [String: Int]) -> String? {
        var parts = name.split(separator: ".").map(String.init)
        guard parts.count > 1, let shift = shifts[parts[0]], shift != 0, let index = Int(parts[1])
        else { return name }
        guard index - shift >= 0 else { return nil }
        parts[1] = String(index - shift)
        return parts.joined(separator: ".")
    }
}
