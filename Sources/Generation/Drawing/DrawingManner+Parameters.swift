import Adversarial
import Foundation
import Midjourney
import Prompts

extension DrawingManner {
    /// What a prompt's parameters mean for a model.
    ///
    /// - Parameters:
    ///   - parameters: Those that the model can follow, see ``GeneratorModel/support``.
    ///   - usual: How the model draws where nothing is said.
    ///   - kind: What draws.
    init(_ parameters: PromptParameters, usual: DrawingManner, drawing kind: GeneratorModel.Kind) {
        self = usual
        let freedom = DrawingManner.freedom(parameters.stylize)
        switch kind {
        case .codes:
            // Words are stressed most where nothing is left to the model's own taste; 100 is usual.
            let strictness = (1 - freedom) / (1 - DrawingManner.freedom(100))
            guidance = parameters.isRaw ? 1 : 1 + (usual.guidance - 1) * strictness
            let chaos = Double(parameters.chaos) / 100
            temperature = (usual.temperature ?? 1) + (1.3 - (usual.temperature ?? 1)) * chaos
            topP = usual.topP + (1 - usual.topP) * chaos
            if parameters.isRaw { (temperature, topP) = (nil, 1) }
            chanceShare = Double(parameters.stop) / 100
            oddity = 1 + parameters.weird / 250
        case .oneStep, .pixels:
            if parameters.has(.chaos) {
                variety = 0.35 + 0.65 * Double(parameters.chaos) / 100
            }
            if parameters.has(.stylize), !parameters.isRaw {
                truncation = max(1 - 0.5 * freedom, 0.5)
            }
        }
        let codes = parameters.styles
        if !codes.isEmpty {
            // Each hundred leaves a quarter of the picture's own style.
            let strength = 1 - pow(4, -Double(parameters.styleStrength) / 100)
            let sum = codes.reduce(0) { $0 + $1.weight }
            styles = codes.map { StyleMix(seed: $0.code, share: strength * $0.weight / sum) }
        }
        quality = parameters.isRaw ? 1 : Int(parameters.quality)
        sharesChance = parameters.has(.sameseed)
        aspect =
            parameters.has(.aspect) ? [parameters.aspect.width, parameters.aspect.height] : nil
        zoom = parameters.zoom
        isTile = parameters.has(.tile)
    }

    /// How much of a model's freedom a style's strength leaves to it: 0 for 0, 1 for 1000.
    private static func freedom(_ stylize: Int) -> Double {
        log(1 + Double(stylize) / 100) / log(11)
    }
}

extension GeneratorModel {
    /// What kinds of models there are for prompts.
    enum Kind: Sendable {
        /// Codes one after the other.
        case codes
        /// Pixels one after the other.
        case pixels
        /// Whole pictures in one step.
        case oneStep
    }

    /// What the model draws with.
    var kind: Kind {
        if network is TokenGenerator || network is JanusGenerator { return .codes }
        return network is any PieceByPiece ? .pixels : .oneStep
    }

    /// How the model draws where a prompt says nothing.
    var usual: DrawingManner {
        var manner = DrawingManner()
        if kind == .codes, textRows != nil {
            (manner.guidance, manner.temperature, manner.topP) = (2, 0.85, 0.95)
        }
        if network is JanusGenerator { manner.guidance = 5 }
        return manner
    }

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
            manner: DrawingManner(prompt.parameters, usual: usual, drawing: kind)
        )
        (request.typed, request.readings) = (prompt.typed, understood.readings)
        return request
    }

    /// Whatever the model likes to draw.
    public func request(seed: UInt64, indices: [Int]) -> DrawingRequest {
        DrawingRequest(seed: seed, indices: indices, manner: usual)
    }

    /// How bold drawings can be made, from little to much, and how: by the temperature of what draws piece
    /// by piece, else by the truncation.
    public var boldness: (values: [Double], change: (inout DrawingManner, Double) -> Void) {
        network is any PieceByPiece
            ? ([0.5, 0.7, 0.85, 1, 1.15], { $0.temperature = $1 })
            : ([0.4, 0.6, 0.8, 1], { $0.truncation = $1 })
    }

    /// Which parameters of prompts the model can follow, and why not the others.
    public var support: ParameterSupport {
        var reasons = GeneratorModel.never
        let none = "it draws in one step"
        switch kind {
        case .codes: break
        case .pixels:
            reasons[.stop] = "it can draw less only by leaving pixels out"
            reasons[.weird] = "it does not tell how likely a picture is"
            if (network as? any PieceByPiece)?.draftSize == 0 {
                reasons[.stylize] = "it has no mean picture"
            }
        case .oneStep:
            reasons[.stop] = none
            reasons[.weird] = "it does not tell how likely a picture is"
        }
        if kind == .codes, usual.guidance == 1 {
            reasons[.stylize] = "it is asked without guidance"
        }
        if network is any StyleGenerator {
            reasons[.sref] = nil
            reasons[.sw] = nil
        }
        if !(network is TokenGenerator) {
            for parameter in [PromptParameter.aspect, .zoom, .tile, .iw] {
                reasons[parameter] = "it cannot go on from what is there"
            }
        }
        if kind != .codes {
            if network.labelCount == 0 {
                reasons[.no] = "it is not told what to draw"
            } else {
                reasons[.no] = "it draws one class at a time and avoids none"
            }
            if description.distribution == "uniform" {
                reasons[.chaos] = "its numbers are even ones, which cannot be mixed"
            }
        }
        return ParameterSupport(model: description.recipe, reasons: reasons)
    }

    /// Parameters that no model here follows.
    private static let never: [PromptParameter: String] = {
        let styles = "it has no styles apart from what is drawn"
        let queue = "there is no queue"
        return [
            .sref: styles, .sw: styles, .sv: "there is one way of styles",
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
