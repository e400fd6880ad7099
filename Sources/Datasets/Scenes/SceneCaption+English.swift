import Imaging
import Settings

extension SceneCaption {
    /// One way to say the scene in English.
    func english(_ chance: inout Chance) -> String {
        let said = Said(&chance, isWhole: isWhole)
        // People who type little leave articles and prepositions out.
        let isBrief = chance.happens(0.1) && !isWhole
        var text: String
        switch scene.production {
        case .picture, .thing: text = noun(0, isBrief: isBrief || chance.happens(0.3))
        case .colour: text = noun(0, isBrief: isBrief)
        case .size: text = noun(0, isBrief: isBrief)
        case .count: text = counted(isBrief: isBrief)
        case .relation, .binding: text = related(isBrief: isBrief, &chance)
        case .wearing: text = wearing(isBrief: isBrief, &chance)
        }
        if let place = scene.place, said.place {
            let ways = place.english(scene.placeColour)
            let way = chance.among(ways)
            text += isBrief || !(way.first?.isLetter ?? false) ? " " + brief(way) : " " + way
        }
        if let style = scene.style, said.style {
            text = styled(text, style, &chance)
        } else if let hand = scene.hand {
            text += ", " + hand.words.english
        }
        return text
    }

    private func styled(_ text: String, _ style: PictureStyle, _ chance: inout Chance) -> String {
        chance.happens(0.5)
            ? "\(chance.among(style.englishOpenings)) \(text)"
            : "\(text), \(chance.among(style.englishNames))"
    }

    /// A thing with its size and colour.
    private func noun(_ place: Int, isBrief: Bool) -> String {
        let noun = name(place).noun
        let words = [
            place == 0 ? scene.size?.rawValue : nil, scene.things[place].colour?.rawValue,
            noun.text,
        ].compactMap { $0 }.joined(separator: " ")
        return isBrief ? words : noun.withArticle(words)
    }

    private func counted(isBrief: Bool) -> String {
        let numbers = [2: "two", 3: "three", 4: "four"]
        let words = [
            isBrief ? "\(scene.count)" : numbers[scene.count],
            scene.things.first?.colour?.rawValue, name(0).noun.plural,
        ]
        return words.compactMap { $0 }.joined(separator: " ")
    }

    private func related(isBrief: Bool, _ chance: inout Chance) -> String {
        guard let relation = scene.relation, scene.things.count > 1 else {
            return noun(0, isBrief: isBrief)
        }
        let first = scene.count > 1 ? counted(isBrief: isBrief) : noun(0, isBrief: isBrief)
        let second = noun(1, isBrief: isBrief)
        if isBrief, relation == .beside { return "\(first) \(second)" }
        if relation == .beside, chance.happens(0.4) { return "\(first) and \(second)" }
        let ways: [String] =
            switch relation {
            case .leftOf: ["to the left of", "left of", "on the left of"]
            case .rightOf: ["to the right of", "right of", "on the right of"]
            case .above: ["above", "over"]
            case .below: ["below", "under", "beneath"]
            case .on: ["on", "on top of", "sitting on"]
            case .inFrontOf: ["in front of"]
            case .beside: ["beside", "next to", "and"]
            case .inside: ["inside", "in"]
            }
        return "\(first) \(chance.among(ways)) \(second)"
    }

    private func wearing(isBrief: Bool, _ chance: inout Chance) -> String {
        let (head, worn) = (noun(0, isBrief: isBrief), noun(1, isBrief: isBrief))
        if isBrief { return "\(head) \(worn)" }
        return "\(head) \(chance.among(["with", "wearing", "in"])) \(worn)"
    }

    private func brief(_ way: String) -> String {
        way.split(separator: " ").filter { !["a", "an", "the"].contains($0) }
            .joined(separator: " ")
    }
}
