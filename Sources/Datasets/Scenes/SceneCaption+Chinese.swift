import Imaging

extension SceneCaption {
    /// One way to say the scene in Chinese; nothing where a thing has no name in it.
    func chinese(_ chance: inout Chance) -> String? {
        guard scene.things.indices.allSatisfy({ name($0).chinese != nil }) else { return nil }
        let said = Said(&chance, isWhole: isWhole)
        let place = said.place ? scene.place?.chinese(scene.placeColour) : nil
        // A place stands in front of one thing, or by itself behind everything.
        let isBefore = chance.happens(0.5)
        let before = isBefore ? place?.before ?? "" : ""
        var text: String
        switch scene.production {
        case .picture, .thing, .colour, .size:
            let isBare = chance.happens(0.4)
            text = before + phrase(0, isCounted: !isBare && before.isEmpty)
        case .count: text = before + counted(&chance)
        case .relation, .binding: text = before + related(&chance)
        case .wearing:
            let ways = ["戴着", "戴", "戴了"]
            let (head, worn) = (phrase(0, isCounted: false), phrase(1, isCounted: false))
            text = before + "\(chance.among(ways))\(worn)的\(head)"
        }
        if !isBefore, let place { text += "，" + place.alone }
        if let style = scene.style, said.style {
            text =
                chance.happens(0.5)
                ? chance.among(style.chineseOpenings) + text
                : "\(text)，\(chance.among(style.chineseNames))"
        } else if let hand = scene.hand {
            text += "，" + hand.words.chinese
        }
        return text
    }

    /// A thing with its size and colour.
    private func phrase(_ place: Int, isCounted: Bool) -> String {
        let name = name(place)
        let size: String? =
            switch place == 0 ? scene.size : nil {
            case .tiny: "很小的"
            case .small: "小小的"
            case .big: "大大的"
            case .huge: "巨大的"
            case nil: nil
            }
        let colour = scene.things[place].colour.map { $0.chinese + "的" }
        let number = isCounted ? "一" + name.measureWord : nil
        return [number, size, colour, name.chinese].compactMap { $0 }.joined()
    }

    private func counted(_ chance: inout Chance) -> String {
        let numbers = [2: "两", 3: "三", 4: "四"]
        let name = name(0)
        let colour = scene.things.first?.colour.map { $0.chinese + "的" } ?? ""
        let number = chance.happens(0.15) ? "\(scene.count)" : numbers[scene.count] ?? ""
        return number + name.measureWord + colour + (name.chinese ?? "")
    }

    private func related(_ chance: inout Chance) -> String {
        guard let relation = scene.relation, scene.things.count > 1 else {
            return phrase(0, isCounted: true)
        }
        let isCounted = chance.happens(0.4)
        let first = scene.count > 1 ? counted(&chance) : phrase(0, isCounted: isCounted)
        let second = phrase(1, isCounted: isCounted)
        let side: String =
            switch relation {
            case .leftOf: "左边"
            case .rightOf: "右边"
            case .above: "上方"
            case .below: chance.happens(0.5) ? "下方" : "下面"
            case .on: "上"
            case .inFrontOf: "前面"
            case .beside: "旁边"
            case .inside: "里"
            }
        if relation == .beside, chance.happens(0.4) {
            return "\(first)\(chance.among(["和", "与"]))\(second)"
        }
        let isLong = relation == .on || relation == .inside
        return chance.happens(0.6) || isCounted == false && isLong
            ? "\(phrase(1, isCounted: false))\(side)的\(first)"
            : "\(first)在\(second)\(isLong ? side + "面" : "的" + side)"
    }
}
