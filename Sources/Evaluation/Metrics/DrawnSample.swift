import Datasets
import Generation
import Prompts

/// Draws what a model is measured by.
enum DrawnSample {
    /// Drawings of one text: models of codes draw so many at once.
    private static let each = 4

    /// Pictures by a model, asked for as its data set is: all classes alike, or by the captions of
    /// training pictures, four drawings of each.
    ///
    /// - Parameters:
    ///   - model: What draws.
    ///   - count: How many, or somewhat more where texts or classes do not divide it.
    ///   - seed: Of the chance in them.
    ///   - real: The model's data set.
    ///   - labels: The class of each real picture; nothing where classes are not known.
    ///   - sampling: How it is drawn; as usual by default.
    ///   - watch: Told how much is drawn, from 0 to 1.
    /// - Returns: The drawings.
    /// - Throws: What the model cannot do, or what is wrong with the data.
    static func drawn(
        by model: GeneratorModel,
        count: Int,
        seed: UInt64,
        beside real: RealPictures,
        labels: [Int]?,
        sampling: (inout SamplingOptions) -> Void = { _ in },
        watch: @escaping (Double) -> Void
    ) throws -> PictureSample {
        var all: [Drawing] = []
        var classes: [Int]?
        let names = model.description.classNames
        if model.description.text != nil {
            let order = Permutation(count: real.trainingCount, seed: seed).order(epoch: 0)
            let wanted = (count + each - 1) / each
            classes = labels == nil ? nil : []
            for number in 0..<wanted {
                let place = order[number % order.count]
                let text = try real.record(at: place).captions.first?.text ?? ""
                var request = model.request(
                    seed: seed,
                    indices: Array(number * each..<(number + 1) * each)
                )
                sampling(&request.sampling)
                request.parts = text.isEmpty ? [] : [Prompt.Part(text: text, weight: 1)]
                let drawings = try model.draw(request)
                all += drawings
                if let labels { classes? += drawings.map { _ in labels[place] } }
                watch(Double(number + 1) / Double(wanted))
            }
        } else if names.count > 1 {
            let perClass = (count + names.count - 1) / names.count
            // Numbers of classes mean the same where names do.
            let numbers = names.map { real.classNames.firstIndex(of: $0) }
            classes = numbers.contains(nil) ? nil : []
            for (label, name) in names.enumerated() {
                var request = model.request(
                    seed: seed,
                    indices: Array(label * perClass..<(label + 1) * perClass)
                )
                sampling(&request.sampling)
                request.parts = [Prompt.Part(text: name, weight: 1)]
                let drawings = try model.draw(request) { share in
                    watch((Double(label) + share) / Double(names.count))
                }
                all += drawings
                if let number = numbers[label] { classes? += drawings.map { _ in number } }
            }
        } else {
            var request = model.request(seed: seed, indices: Array(0..<count))
            sampling(&request.sampling)
            all = try model.draw(request, watch: watch)
        }
        return PictureSample(
            model.description.recipe,
            count: all.count,
            labels: classes
        ) { [all] places in model.tensor(places.map { all[$0].picture }) }
    }
}
