import Datasets
import Torch

/// What a local network learns to tell of a data set's pictures.
enum LocalLesson {
    /// What is shown and in which skin tone, by the captions.
    case captions(JudgeLabels)
    /// The class.
    case classes([Int], names: [String])
    /// Which way up pictures are turned, where nothing is known of them.
    case turns(Int)

    /// The richest lesson that a data set has.
    ///
    /// - Throws: What is wrong with its records.
    init(of real: RealPictures) throws {
        let labels = real.labels
        let first = try real.record(at: 0).captions.first?.text
        // Names of classes say no more than the classes, and names of files say nothing.
        if let first, !real.classNames.contains(first) {
            let names = JudgeLabels(try real.records())
            if names.concepts.count * 5 <= real.count * 4 {
                self = .captions(names)
                return
            }
        }
        if real.classNames.count > 1, labels.allSatisfy({ $0 >= 0 }) {
            self = .classes(labels, names: real.classNames)
        } else {
            self = .turns(real.form.width == real.form.height ? 4 : 2)
        }
    }

    /// Numbers of classes, for each head.
    var heads: [Int] {
        switch self {
        case .captions(let labels): [labels.concepts.count, JudgeLabels.tones.count]
        case .classes(_, let names): [names.count]
        case .turns(let count): [count]
        }
    }

    /// What tells the lesson from all others, in hexadecimal: names, and what each picture is.
    var digest: String {
        let text: String
        switch self {
        case .captions(let labels):
            text = labels.numbers.map { "\(labels.concepts[$0[0]]):\($0[1])" }.joined(
                separator: "\n"
            )
        case .classes(let labels, let names):
            text = names.joined(separator: "\n") + labels.map(String.init).joined(separator: " ")
        case .turns(let ways): text = "\(ways)"
        }
        return String(XXHash64.hash(text), radix: 16)
    }

    /// What is told, in a word.
    var name: String {
        switch self {
        case .captions: "captions"
        case .classes: "classes"
        case .turns: "turns"
        }
    }

    /// Gives a lesson to a network.
    func teach(_ network: LocalNetwork, _ real: RealPictures, epochs: Int) {
        switch self {
        case .captions(let labels):
            network.learn(real.pictures, labels: labels.numbers, epochs: epochs)
        case .classes(let labels, _):
            network.learn(real.pictures, labels: labels.map { [$0] }, epochs: epochs)
        case .turns(let ways):
            // Each picture in each way is an example of its own.
            network.learn(
                { places in
                    Tensor.concatenated(
                        places.map { place in
                            let turned = place % ways * (4 / ways)
                            return LocalLesson.turned(real.pictures([place / ways]), by: turned)
                        }
                    )
                },
                labels: (0..<real.count * ways).map { [$0 % ways] },
                epochs: epochs
            )
        }
    }

    /// Pictures turned by so many right angles.
    static func turned(_ pictures: Tensor, by quarters: Int) -> Tensor {
        switch quarters {
        case 1: pictures.transposed(2, 3).flipped([2])
        case 2: pictures.flipped([2, 3])
        case 3: pictures.transposed(2, 3).flipped([3])
        default: pictures
        }
    }
}
