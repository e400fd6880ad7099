import Foundation
import Prompts

extension SamplingOptions {
    /// What a prompt's parameters mean for a model.
    ///
    /// - Parameters:
    ///   - parameters: Those that the model can follow, see `GeneratorModel/support`.
    ///   - sampler: What draws.
    init(_ parameters: PromptParameters, by sampler: any ImageSampler) {
        self = sampler.usual
        sampler.follow(parameters, &self)
        let codes = parameters.styles
        if !codes.isEmpty {
            // Each hundred leaves a quarter of the picture's own style.
            let strength = 1 - pow(4, -Double(parameters.styleStrength) / 100)
            let sum = codes.reduce(0) { $0 + $1.weight }
            styles = codes.map { StyleMix(seed: $0.code, share: strength * $0.weight / sum) }
        }
        quality = parameters.isRaw ? 1 : Int(parameters.quality)
        sharesNoise = parameters.has(.sameseed)
        aspect =
            parameters.has(.aspect) ? [parameters.aspect.width, parameters.aspect.height] : nil
        zoom = parameters.zoom
        isTile = parameters.has(.tile)
        isPanorama = parameters.has(.panorama) ? true : nil
        if case .text(let colour)? = parameters[.background] {
            background = colour == ColourName.transparent ? nil : colour
        }
    }

    /// Takes what parameters mean where pictures are codes; what is usual stands in it already.
    mutating func followCodes(_ parameters: PromptParameters) {
        // Words are stressed most where nothing is left to the model's own taste; 100 is usual.
        let freedom = SamplingOptions.freedom(parameters.stylize)
        let strictness = (1 - freedom) / (1 - SamplingOptions.freedom(100))
        guidance = parameters.isRaw ? 1 : 1 + (guidance - 1) * strictness
        let chaos = Double(parameters.chaos) / 100
        temperature = (temperature ?? 1) + (1.3 - (temperature ?? 1)) * chaos
        topP += (1 - topP) * chaos
        if parameters.isRaw { (temperature, topP) = (nil, 1) }
        sampledFraction = Double(parameters.stop) / 100
        unlikeliestOf = 1 + parameters.weird / 250
    }

    /// Takes what parameters mean where pictures follow from latent numbers.
    mutating func followNumbers(_ parameters: PromptParameters) {
        if parameters.has(.chaos) {
            noiseSpread = 0.35 + 0.65 * Double(parameters.chaos) / 100
        }
        if parameters.has(.stylize), !parameters.isRaw {
            truncation = max(1 - 0.5 * SamplingOptions.freedom(parameters.stylize), 0.5)
        }
    }

    /// Takes what parameters mean where pictures follow from latent numbers that are usually truncated: a style of 100
    /// is the usual truncation, one of 0 leaves all, one of 1000 half of what is usual.
    mutating func followTruncation(_ parameters: PromptParameters) {
        let usual = truncation
        followNumbers(parameters)
        truncation = parameters.isRaw ? 1 : usual
        guard parameters.has(.stylize), !parameters.isRaw else { return }
        let freedom = SamplingOptions.freedom(parameters.stylize)
        let middle = SamplingOptions.freedom(100)
        truncation =
            freedom <= middle
            ? 1 - (1 - usual) * freedom / middle
            : usual * (1 - 0.5 * (freedom - middle) / (1 - middle))
    }

    /// How much of a model's freedom a style's strength leaves to it: 0 for 0, 1 for 1000.
    private static func freedom(_ stylize: Int) -> Double {
        log(1 + Double(stylize) / 100) / log(11)
    }
}

extension GeneratorModel {
    /// What a prompt asks of the model.
    ///
    /// - Parameters:
    ///   - prompt: Read, and allowed by the rules.
    ///   - seed: The key of all random numbers.
    ///   - indices: Which pictures of the seed's row.
    /// - Returns: In the model's own numbers.
    /// - Throws: `PromptError` for a parameter that the model cannot follow.
    public func request(
        _ prompt: Prompt,
        seed: UInt64,
        indices: [Int]
    ) throws(PromptError) -> DrawingRequest {
        try support.check(prompt.parameters)
        guard prompt.parameters.quality >= 1 else {
            throw PromptError(
                .unsupported,
                "--quality says how many candidates there are for each picture, expected 1 or more"
                    + " of the model '\(description.recipe)', found \(prompt.parameters.quality)",
                parameter: PromptParameter.quality.rawValue
            )
        }
        let (width, height) = prompt.parameters.aspect
        guard max(width, height) <= 8 * min(width, height) else {
            throw PromptError(
                .unsupported,
                "--aspect expects at most 8:1 of the model '\(description.recipe)', found"
                    + " \(width):\(height)",
                parameter: PromptParameter.aspect.rawValue
            )
        }
        let shapes: [PromptParameter] = [.aspect, .tile]
        if prompt.parameters.has(.panorama), let other = shapes.first(where: prompt.parameters.has)
        {
            throw PromptError(
                .unsupported,
                "--panorama has a shape and edges of its own; leave --\(other.rawValue) out",
                parameter: other.rawValue
            )
        }
        if prompt.pictures.isEmpty, prompt.parameters.has(.iw) {
            throw PromptError(
                .unsupported,
                "--iw says what pictures count, and the prompt names none; leave it out",
                parameter: PromptParameter.iw.rawValue
            )
        }
        let understood = understood(prompt)
        var request = DrawingRequest(
            seed: seed,
            indices: indices,
            parts: understood.prompt.parts,
            sampling: SamplingOptions(prompt.parameters, by: sampler)
        )
        (request.typed, request.readings) = (prompt.typed, understood.readings)
        return request
    }

    /// Whatever the model likes to draw.
    public func request(seed: UInt64, indices: [Int]) -> DrawingRequest {
        DrawingRequest(seed: seed, indices: indices, sampling: sampler.usual)
    }

    /// The names of classes that a prompt asks for by their numbers, as `3` and `cat`.
    public func countedClasses(_ prompt: Prompt) -> [(number: String, name: String)] {
        conditions.countedClasses(prompt)
    }

    /// How bold drawings can be made, from little to much, and how: by the temperature of what draws piece
    /// by piece, else by the truncation.
    public var boldness: (values: [Double], change: (inout SamplingOptions, Double) -> Void) {
        sampler.boldness
    }

    /// Which parameters of prompts the model can follow, and why not the others.
    public var support: ParameterSupport {
        let missing = sampler.missing
        var reasons = GeneratorModel.never
        for parameter in PromptParameter.allCases {
            if let capability = parameter.capability, let reason = missing[capability] {
                reasons[parameter] = reason
            }
        }
        if !description.channels.isMultiple(of: 2) {
            reasons[.background] = "no part of its pictures is transparent"
        }
        return ParameterSupport(model: description.recipe, reasons: reasons)
    }

    /// What the model cannot do, and why: a clause about "it".
    public var missing: [ModelCapability: String] { sampler.missing }

    /// Refuses what the model lacks.
    ///
    /// - Throws: `GenerationError.lacks`.
    func require(_ capability: ModelCapability) throws(GenerationError) {
        guard sampler.missing[capability] == nil else {
            throw .lacks(capability, model: description.recipe)
        }
    }

    /// Parameters that no model here follows.
    private static let never: [PromptParameter: String] = {
        let queue = "there is no queue"
        return [
            .sv: "there is one way of styles",
            .cref: "it was not trained to keep a character", .cw: "it has no --cref",
            .oref: "it was not trained to keep an object", .ow: "it has no --oref",
            .profile: "no taste has been learned for it", .style: "it knows no style but raw",
            .niji: "it is no model for anime",
            .hd: "pictures are enlarged with --size or --enlarge",
            .video: "films are made with atelier video",
            .exp: "there is no experiment in it", .fast: queue, .relax: queue, .turbo: queue,
            .stealth: "there are no other users", .public: "there are no other users",
        ]
    }()
}
