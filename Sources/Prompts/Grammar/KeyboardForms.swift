/// What other keyboards than English ones type, as the characters that it stands for.
///
/// Full-width letters, digits and marks, Chinese and Japanese commas, colons, braces and brackets,
/// small and upright forms, curly quotes, unusual spaces; long dashes before a parameter's name, before
/// a weight; a full stop between digits. Everything else, and the name of a picture's file, stays.
///
/// Source: Unicode Standard, blocks Halfwidth and Fullwidth Forms, Small Form Variants, Vertical Forms,
/// CJK Symbols and Punctuation.
public enum KeyboardForms {
    /// A text as it would be typed on an English keyboard.
    ///
    /// - Parameters:
    ///   - text: As typed.
    ///   - names: Names of parameters beside the known ones: presets.
    /// - Returns: The same text in plain characters.
    public static func plain(_ text: String, names: Set<String> = []) -> String {
        var result = ""
        var token: [Unicode.Scalar] = []
        func close() {
            result.unicodeScalars.append(contentsOf: read(token, names))
            token = []
        }
        for scalar in text.unicodeScalars where !invisible.contains(scalar) {
            guard scalar.properties.isWhitespace else {
                token.append(scalar)
                continue
            }
            close()
            // Lines and tabs stay what they are; the other spaces are one.
            result.unicodeScalars.append(scalar.value < 128 ? scalar : " ")
        }
        close()
        return result
    }

    /// What is to be avoided, as programs send it in a field of its own, as it is typed in a prompt.
    ///
    /// - Parameter list: Things between commas or lines; nothing in it is a parameter or a brace.
    /// - Returns: `--no` with the things; empty where there are none.
    public static func avoiding(_ list: String) -> String {
        let things = plain(list).split { $0 == "," || $0.isNewline }.map { thing in
            thing.split(whereSeparator: \.isWhitespace).map { word in
                word.drop { $0 == "-" && word.hasPrefix("--") }
            }.filter { !$0.isEmpty }.joined(separator: " ")
                .replacing("{", with: "\\{").replacing("}", with: "\\}")
        }.filter { !$0.isEmpty }
        return things.isEmpty ? "" : "--no " + things.joined(separator: ", ")
    }

    /// A text that is read as it is: dashes in it that would begin a parameter stand alone.
    static func settled(_ text: String) -> String {
        text.split(separator: " ").map { token in
            let token = String(token)
            guard plain(token) != token || Prompt.parameterName(token[...]) != nil else {
                return token
            }
            var settled = ""
            var last: Mark?
            for scalar in token.unicodeScalars {
                // Some long dashes are letters, too, and make a name of two short ones before them.
                let mark: Mark = scalar == "-" ? .short : long.contains(scalar) ? .long : .other
                if let last, mark != last { settled += " " }
                settled.unicodeScalars.append(scalar)
                last = mark
            }
            return settled
        }.joined(separator: " ")
    }

    /// One character as it stands on an English keyboard.
    static func plain(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        if (0xFF01...0xFF5E).contains(scalar.value) {
            return Unicode.Scalar(scalar.value - 0xFEE0).map { [$0] } ?? [scalar]
        }
        return table[scalar] ?? [scalar]
    }

    /// A run of characters without spaces.
    private static func read(
        _ token: [Unicode.Scalar],
        _ names: Set<String>
    ) -> [Unicode.Scalar] {
        guard token.contains(where: { $0.value > 127 || $0 == "-" }) else { return token }
        guard !isPicture(token) else { return token }
        let scalars = token.flatMap(plain)
        var result: [Unicode.Scalar] = []
        var place = 0
        while place < scalars.count {
            let scalar = scalars[place]
            let next = place + 1 < scalars.count ? scalars[place + 1] : nil
            if stops.contains(scalar), next.map(isDigit) == true,
                result.last.map({ isDigit($0) || $0 == ":" || $0 == "-" }) ?? true
            {
                result.append(".")
                place += 1
                continue
            }
            guard scalar == "-" || long.contains(scalar) else {
                result.append(scalar)
                place += 1
                continue
            }
            let run = scalars[place...].prefix { $0 == "-" || long.contains($0) }
            result += dashes(run, before: scalars[run.endIndex...], after: result, names)
            place = run.endIndex
        }
        return result
    }

    /// Dashes as they stand between two texts: those of a parameter, of a number, or as they are.
    private static func dashes(
        _ run: ArraySlice<Unicode.Scalar>,
        before rest: ArraySlice<Unicode.Scalar>,
        after text: [Unicode.Scalar],
        _ names: Set<String>
    ) -> [Unicode.Scalar] {
        let isLong = run.count > 1 || run.contains { $0 != "-" }
        guard isLong, let first = rest.first else { return Array(run) }
        if text.last == ":" {
            return isDigit(first) || first == "." || stops.contains(first) ? ["-"] : Array(run)
        }
        let name = String(String.UnicodeScalarView(rest)).lowercased()
        if text.isEmpty {
            let isName = isLetter(first) || names.contains(name)
            return isName ? ["-", "-"] : Array(run)
        }
        // Where words are written without spaces, a known name ends them.
        guard let last = text.last, !isDigit(last), !isLetter(last),
            text.contains(where: { $0.value > 127 }),
            PromptParameter(named: name) != nil || names.contains(name)
        else { return Array(run) }
        return [" ", "-", "-"]
    }

    /// Files keep their names, whatever they are written in.
    private static func isPicture(_ token: [Unicode.Scalar]) -> Bool {
        let text = String(String.UnicodeScalarView(token))
        return Prompt.isPicture(text)
            && !token.contains { plain($0) == ["{"] || plain($0) == ["}"] }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    /// What nobody sees, and nobody typed on purpose.
    private static let invisible: Set<Unicode.Scalar> = ["\u{200B}", "\u{2060}", "\u{FEFF}"]

    /// What a character is to the dashes of parameters.
    private enum Mark { case short, long, other }

    /// Dashes that stand for two short ones before a name.
    private static let long: Set<Unicode.Scalar> = [
        "\u{2012}", "\u{2013}", "\u{2014}", "\u{2015}", "\u{2500}", "\u{2501}", "\u{2E3A}",
        "\u{2E3B}", "\u{30FC}", "\u{FE31}", "\u{FE32}", "\u{FE58}", "\u{FF70}",
    ]

    /// Full stops that stand for a point between digits.
    private static let stops: Set<Unicode.Scalar> = ["\u{3002}", "\u{FF61}", "\u{B7}", "\u{30FB}"]

    /// Characters by what they stand for.
    private static let table: [Unicode.Scalar: [Unicode.Scalar]] = {
        let forms: [(String, String)] = [
            (",", "、､﹐﹑︐︑"), (":", "∶﹕︓꞉˸"), ("::", "∷"), (";", "﹔︔"), (".", "﹒․"),
            ("{", "﹛︷"), ("}", "﹜︸"), ("(", "﹙︵"), (")", "﹚︶"), ("[", "【〔〖﹝︹︻"),
            ("]", "】〕〗﹞︺︼"), ("-", "\u{2010}\u{2011}\u{2212}\u{FE63}"), ("\"", "“”„‟〝〞〟"),
            ("'", "‘’‚‛"), ("!", "﹗︕"), ("?", "﹖︖"), ("\\", "﹨"), ("+", "﹢"), ("=", "﹦"),
        ]
        var table: [Unicode.Scalar: [Unicode.Scalar]] = [:]
        for (plain, others) in forms {
            for other in others.unicodeScalars { table[other] = Array(plain.unicodeScalars) }
        }
        return table
    }()
}
