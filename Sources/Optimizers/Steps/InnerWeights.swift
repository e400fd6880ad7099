import Neural
import Torch

extension Module {
    /// The names of matrices inside of the network: not tables, nor layers whose inputs or outputs are outside of it, nor what
    /// has one row or one column.
    public var innerWeights: Set<String> {
        let outer = Set(
            members.modules.filter { _, module in
                module is Embedding || (module as? Dense)?.isOuter == true
            }.map { $0.name.isEmpty ? "weight" : "\($0.name).weight" }
        )
        return Set(
            members.parameters.filter { name, parameter in
                let weight = parameter.wrappedValue
                return weight.rank >= 2 && weight.size(0) > 1 && weight.count > weight.size(0)
                    && !outer.contains(name)
            }.map(\.name)
        )
    }
}
