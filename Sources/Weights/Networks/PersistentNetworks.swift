import Foundation
import Torch

/// The networks of a pickle that holds whole objects, as StyleGAN2-ADA, StyleGAN3 and R3GAN write it while training.
///
/// Objects come with their source code and their state; only the state is looked at.
struct PersistentNetworks {
    /// The networks that are known here.
    let networks: [FoundNetwork]

    private static let mostTensors = 100_000
    private static let deepest = 40

    /// Looks through the entries.
    ///
    /// - Throws: `WeightsError` for a network that is not as its program makes it.
    init(_ entries: PickleDictionary) throws {
        networks = try entries.entries.compactMap { key, value in
            guard let name = key.text, case .object(let object) = value else { return nil }
            var tensors: [(name: String, tensor: PickledTensor)] = []
            try Self.collect(object, "", 0, &tensors)
            return try Self.network(name, object, tensors)
        }
    }

    private static func modules(_ object: PickleObject) -> [(name: String, module: PickleObject)] {
        (object["_modules"]?.dictionary?.entries ?? []).compactMap { key, value in
            guard let name = key.text, case .object(let module) = value else { return nil }
            return (name, module)
        }
    }

    private static func module(_ object: PickleObject, _ name: String) -> PickleObject? {
        modules(object).first { $0.name == name }?.module
    }

    private static func collect(
        _ object: PickleObject,
        _ prefix: String,
        _ depth: Int,
        _ tensors: inout [(name: String, tensor: PickledTensor)]
    ) throws {
        guard depth <= deepest, tensors.count <= mostTensors else {
            throw WeightsError(
                .tooLarge,
                at: prefix,
                "its modules are too deep in each other, or too many"
            )
        }
        let passing = Set(
            (object["_non_persistent_buffers_set"]?.items ?? []).compactMap(\.text)
        )
        for kind in ["_parameters", "_buffers"] {
            for (key, value) in object[kind]?.dictionary?.entries ?? [] {
                guard let name = key.text, case .tensor(let tensor) = value, !passing.contains(name)
                else { continue }
                tensors.append((prefix + name, tensor))
            }
        }
        for (name, module) in modules(object) {
            try collect(module, "\(prefix)\(name).", depth + 1, &tensors)
        }
    }

    private static func network(
        _ name: String,
        _ object: PickleObject,
        _ tensors: [(name: String, tensor: PickledTensor)]
    ) throws -> FoundNetwork? {
        let names = Set(tensors.map(\.name))
        if names.contains("synthesis.b4.conv1.weight") || names.contains("b4.fc.weight") {
            return try FoundNetwork(
                family: "stylegan2",
                network: name,
                arguments: styleArguments(object),
                tensors: tensors
            )
        }
        if names.contains("synthesis.input.freqs") {
            return try FoundNetwork(
                family: "stylegan3",
                network: name,
                arguments: styleArguments(object),
                tensors: tensors
            )
        }
        if names.contains(where: { $0.contains("MainLayers.0.Layers.0.") }) {
            return try FoundNetwork(
                family: "r3gan",
                network: name,
                arguments: try r3ganArguments(name, object, tensors),
                tensors: tensors
            )
        }
        return nil
    }

    private static func styleArguments(_ object: PickleObject) -> [String: Any] {
        var arguments: [String: Any] = [:]
        for key in ["z_dim", "c_dim", "w_dim", "img_resolution", "img_channels"] {
            if let value = object[key] { arguments[key] = value.plain }
        }
        for (key, value) in object["_init_kwargs"]?.dictionary?.entries ?? [] {
            if let name = key.text { arguments[name] = value.plain }
        }
        return arguments
    }

    /// R3GAN's pickles do not keep the arguments; layers and shapes tell them.
    private static func r3ganArguments(
        _ network: String,
        _ object: PickleObject,
        _ tensors: [(name: String, tensor: PickledTensor)]
    ) throws -> [String: Any] {
        let values = Dictionary(tensors.map { ($0.name, $0.tensor) }) { $1 }
        func expected(_ what: String) -> WeightsError {
            WeightsError(
                .unknown,
                at: network,
                "looks like R3GAN, but \(what) is not where it is expected",
                cure:
                    "It may be of a changed version of the program; save the weights with the original one."
            )
        }
        func shape(_ name: String, _ dimensions: Int = 2) throws -> [Int] {
            guard let shape = values[name]?.shape, shape.count >= dimensions,
                shape.allSatisfy({ $0 > 0 })
            else { throw expected(name) }
            return shape
        }
        let inner = module(object, "Model")
        let (prefix, model) = inner.map { ("Model.", $0) } ?? ("", object)
        guard let stages = module(model, "MainLayers").map(modules) else {
            throw expected("MainLayers")
        }
        var (widths, groups, blockCounts, half): ([Int], [Int], [Int], [Int]) = ([], [], [], [])
        var (expansion, kernel) = (1, 3)
        for (index, stage) in stages {
            let layers = module(stage, "Layers").map(modules) ?? []
            let blocks = layers.filter { module($0.module, "LinearLayer2") != nil }
            guard let block = blocks.first else {
                throw expected("a residual block of MainLayers.\(index)")
            }
            let path = "\(prefix)MainLayers.\(index).Layers.\(block.name)"
            let first = try shape("\(path).LinearLayer1.Layer.weight")
            widths.append(first[1])
            blockCounts.append(blocks.count)
            expansion = first[0] / first[1]
            kernel = try shape("\(path).LinearLayer2.Layer.weight").last ?? 3
            guard
                let count = module(block.module, "LinearLayer2").flatMap({ module($0, "Layer") })?[
                    "groups"
                ]?.int
            else { throw expected("\(path).LinearLayer2.Layer.groups") }
            groups.append(count)
            if case .name(let type)? = stage["DataType"], NumberType(type: type) != .float32 {
                half.append(Int(index) ?? 0)
            }
        }
        guard (1...16).contains(widths.count) else { throw expected("MainLayers") }
        var arguments: [String: Any] = [
            "WidthPerStage": widths, "CardinalityPerStage": groups, "BlocksPerStage": blockCounts,
            "ExpansionFactor": expansion, "KernelSize": kernel, "FP16Stages": half,
            "img_resolution": 4 << (widths.count - 1), "c_dim": 0,
        ]
        var embedded = 0
        if values["\(prefix)EmbeddingLayer.weight"] != nil {
            let table = try shape("\(prefix)EmbeddingLayer.weight")
            (arguments["ConditionEmbeddingDimension"], arguments["c_dim"]) = (table[0], table[1])
            embedded = table[0]
        }
        let entry = "\(prefix)MainLayers.0.Layers.0.LinearLayer.weight"
        if values["\(prefix)AggregationLayer.Layer.weight"] != nil, values[entry] != nil {
            arguments["NoiseDimension"] = try shape(entry)[1] - embedded
        }
        if let filter = tensors.first(where: { $0.name.hasSuffix("Resampler.Kernel") })?.tensor {
            arguments["ResamplingFilter"] = try taps(of: filter)
        }
        return arguments
    }

    /// The filter that a kernel was made of: its rows' sum is the filter convolved with two ones.
    private static func taps(of kernel: PickledTensor) throws -> [Double] {
        guard kernel.shape.count == 2, kernel.count <= 4096 else {
            throw WeightsError(
                .unknown,
                "a filter of shape \(kernel.shape) is expected to be a square"
            )
        }
        var rest = try kernel.tensor().converted(to: .float64).sum(over: [0]).doubles()
        var taps: [Double] = []
        while rest.count > 1 {
            taps.append(rest[0])
            rest[1] -= rest[0]
            rest.removeFirst()
        }
        guard let first = taps.first, first != 0 else { return [] }
        return taps.map { ($0 / first * 1e6).rounded() / 1e6 }
    }
}
