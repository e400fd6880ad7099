import Adversarial
import Autoregressive
import Datasets
import Prompts
import Runs
import Torch

/// What a model can be asked with: texts, or classes or properties of its set.
struct ModelConditions {
    /// What its weights' file says.
    let description: ModelDescription
    /// How words become pieces, where it is asked with texts.
    let textRows: TextRows?
    /// How many classes, properties or numbers a label has; 0 for none.
    let labelCount: Int
    /// Where it draws.
    let device: Device

    /// What the transformer is asked with: texts or classes, each counting so much.
    ///
    /// Guidance goes from what is not asked for to what is. What is to be avoided takes the place of
    /// the former: wholly where it counts half of what is asked for, as `--no` does. Where nothing is
    /// asked for, models of classes draw one after the other.
    ///
    /// - Throws: `GenerationError` for a class that the model does not have.
    func condition(
        _ request: DrawingRequest,
        for indices: Range<Int>,
        of transformer: TokenTransformer
    ) throws -> GuidedCondition {
        let count = indices.count
        let wanted = request.parts.filter { $0.weight > 0 }
        let avoided = request.parts.filter { $0.weight < 0 }
        let open = transformer.open(count).moved(to: device)
        guard !wanted.isEmpty else {
            guard avoided.isEmpty else {
                let other = try prefix(avoided[0].text, count, transformer)
                return GuidedCondition(open, over: other, by: max(request.sampling.guidance, 1.5))
            }
            guard let classes = try classes(request, for: indices) else {
                return GuidedCondition(open)
            }
            let asked = Tensor(classes, shape: [count, 1]).moved(to: device)
            return GuidedCondition(asked, over: open, by: request.sampling.guidance)
        }
        let (plus, minus) = (
            wanted.reduce(0) { $0 + $1.weight }, -avoided.reduce(0) { $0 + $1.weight }
        )
        // Without guidance nothing is gone away from.
        let guidance =
            avoided.isEmpty ? request.sampling.guidance : max(request.sampling.guidance, 1.5)
        let share = min(1, 2 * minus / plus)
        var prefixes: [Tensor] = []
        var weights: [Double] = []
        func add(_ prefix: Tensor, _ weight: Double) {
            guard weight != 0 else { return }
            prefixes.append(prefix)
            weights.append(weight)
        }
        for part in wanted {
            add(try prefix(part.text, count, transformer), guidance * part.weight / plus)
        }
        for part in avoided {
            let weight = (1 - guidance) * share * -part.weight / minus
            add(try prefix(part.text, count, transformer), weight)
        }
        add(open, (1 - guidance) * (1 - share))
        return GuidedCondition(prefixes, weights: weights)
    }

    /// The same text, or class, for so many pictures.
    ///
    /// Shape: count×prefix.
    private func prefix(
        _ text: String,
        _ count: Int,
        _ transformer: TokenTransformer
    ) throws -> Tensor {
        guard let textRows else {
            guard labelCount > 0 else {
                throw GenerationError.noClasses(model: description.recipe)
            }
            return Tensor([Int](repeating: try label(text), count: count), shape: [count, 1])
                .moved(to: device)
        }
        let row = textRows.row(text).map(Int.init)
        return Tensor(row, shape: [1, row.count]).expanded([count, row.count]).moved(to: device)
    }

    /// The class of each picture, of models that are asked with classes and one of them.
    ///
    /// - Throws: `GenerationError` for a class that the model does not have.
    func classes(_ request: DrawingRequest, for indices: Range<Int>) throws -> [Int]? {
        guard textRows == nil, labelCount > 0, request.parts.count < 2,
            request.parts.allSatisfy({ $0.weight > 0 })
        else { return nil }
        let name = request.parts.first?.text
        let label = try name.map(label)
        return indices.map { label ?? $0 % labelCount }
    }

    /// The number of a class by its name, or by the number itself where no name is one.
    ///
    /// - Throws: `GenerationError` for one that the model does not have.
    func label(_ name: String) throws -> Int {
        if let place = place(named: name) { return place }
        let names = description.classNames
        // Among names that are numbers, a number that is none of them may mean anything.
        guard !names.contains(where: { Int($0) != nil }), let number = Int(name),
            (0..<labelCount).contains(number)
        else { throw GenerationError.unknownClass(name, known: names) }
        return number
    }

    /// The names of classes that a prompt asks for by their numbers, as `3` and `cat`.
    func countedClasses(_ prompt: Prompt) -> [(number: String, name: String)] {
        guard textRows == nil, labelCount > 0 else { return [] }
        let names = description.classNames
        return prompt.parts.compactMap { part in
            guard place(named: part.text) == nil, let number = try? label(part.text),
                names.indices.contains(number)
            else { return nil }
            return (part.text, names[number])
        }
    }

    /// The number of the class of a name; case does not count where no name agrees with it.
    private func place(named name: String) -> Int? {
        // A file may name more classes than its network has.
        let names = description.classNames.prefix(labelCount)
        if let place = names.firstIndex(of: name) { return place }
        let folded = name.lowercased()
        return names.firstIndex { $0.lowercased() == folded }
    }

    /// The one class that a request asks for, of models that draw in one step; nothing for one after
    /// the other.
    ///
    /// - Throws: `GenerationError` for words that name no class, or several.
    func singleLabel(_ request: DrawingRequest) throws -> Int? {
        guard let part = request.parts.first else { return nil }
        guard labelCount > 0 else {
            throw GenerationError.noClasses(model: description.recipe)
        }
        guard request.parts.count == 1, part.weight > 0 else {
            throw GenerationError.oneClass(model: description.recipe)
        }
        return try label(part.text)
    }

    /// The name of a class, or its number where it has none.
    func className(_ number: Int) -> String {
        let names = description.classNames
        return number < names.count ? names[number] : String(number)
    }

    /// Labels of pictures that ask for these classes, or properties, in turn.
    func labels(_ numbers: [Int]) -> Tensor? {
        guard labelCount > 0 else { return nil }
        let classes = Tensor(numbers.map { $0 % labelCount }).moved(to: device)
        return description.labelKind == "classes"
            ? classes : classes.oneHot(classes: labelCount)
    }

    /// Labels of pictures that all ask for a request's class; nothing for models without.
    func labels(of request: DrawingRequest, count: Int) throws -> Tensor? {
        if let shares = try shares(request) { return shares.expanded([count, labelCount]) }
        let label = try singleLabel(request)
        return labels([Int](repeating: label ?? 0, count: count))
    }

    /// The class of each picture of a batch: the one that a request asks for, or one after the other.
    ///
    /// - Throws: `GenerationError` for words that name no class, or several.
    func classes(of request: DrawingRequest, _ indices: Range<Int>) throws -> [Int] {
        let label = try singleLabel(request)
        return indices.map { label ?? $0 % max(labelCount, 1) }
    }

    /// A picture of the model's size that shows nothing: clear where there is transparency, else grey.
    ///
    /// Shape: 1×C×H×W.
    var emptyPicture: Tensor {
        .full(
            [1, description.channels, description.size[0], description.size[1]],
            description.channels.isMultiple(of: 2) ? -1 : 0,
            device: device
        )
    }

    /// Why a picture's steps are what they are.
    static let noSteps = "its steps are a fixed number"

    /// Whether latent numbers are even ones.
    var isUniform: Bool { description.distribution == .uniform }

    /// Why a network has no styles.
    static let noStyles = "it has no styles apart from what is drawn"

    /// Why a network's pictures stay where they are.
    static let noPlaces = "it begins with no waves that could be moved"

    /// Why a network's pictures do not go on at their edges.
    static let noEdges = "its pictures end at their sides, as it was not trained with model.wraps"

    /// What no network can do that knows no codes.
    var missingWithoutCodes: [ModelCapability: String] {
        var missing: [ModelCapability: String] = [
            .likelihood: "it does not tell how likely a picture is",
            .avoiding: labelCount == 0
                ? "it is not told what to draw" : "it draws one class at a time and avoids none",
            .styles: Self.noStyles,
            .continuing: "it cannot go on from what is there",
            .placing: Self.noPlaces, .wrapping: Self.noEdges, .stepping: Self.noSteps,
        ]
        if isUniform { missing[.variety] = "its numbers are even ones, which cannot be mixed" }
        return missing
    }
}
