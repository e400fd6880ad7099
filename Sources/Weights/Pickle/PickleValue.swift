import Foundation

/// What a pickle holds: data, and records of what it would have called.
public enum PickleValue {
    /// The value None.
    case none
    /// A truth.
    case bool(Bool)
    /// A whole number.
    case int(Int)
    /// A whole number of more than 64 bits, least byte first.
    case long([UInt8])
    /// A number.
    case double(Double)
    /// A text.
    case text(String)
    /// A string of bytes.
    case bytes(Data)
    /// A list, a tuple or a set.
    case list(PickleList)
    /// A dictionary, its entries in order.
    case dictionary(PickleDictionary)
    /// The name of a class or a function: data, never looked up.
    case name(PickleName)
    /// An object of a class, or what a call would have given: a record of both.
    case object(PickleObject)
    /// Numbers that tensors are made of.
    case storage(StorageView)
    /// A tensor.
    case tensor(PickledTensor)

    /// The text, where it is one.
    public var text: String? { if case .text(let text) = self { text } else { nil } }
    /// The whole number, where it is one.
    public var int: Int? { if case .int(let number) = self { number } else { nil } }
    /// The elements, where it is a list.
    public var items: [PickleValue]? { if case .list(let list) = self { list.items } else { nil } }
    /// The dictionary, or that of an object that is one.
    public var dictionary: PickleDictionary? {
        switch self {
        case .dictionary(let dictionary): dictionary
        case .object(let object): object.entries
        default: nil
        }
    }

    /// What it is, in a word, for messages.
    var kind: String {
        switch self {
        case .none: "nothing"
        case .bool: "a truth"
        case .int, .long, .double: "a number"
        case .text: "a text"
        case .bytes: "bytes"
        case .list: "a list"
        case .dictionary: "a dictionary"
        case .name(let name): "the name \(name)"
        case .object(let object): "a \(object.name)"
        case .storage: "numbers"
        case .tensor: "a tensor"
        }
    }
}

/// The name of a class or a function in Python.
public struct PickleName: Hashable, Sendable, CustomStringConvertible {
    /// The module.
    public let module: String
    /// The name in it.
    public let name: String

    /// Both, with a dot between.
    public var description: String { "\(module).\(name)" }
}

/// A list, a tuple or a set: what is put into it later is seen by all that have it.
public final class PickleList {
    /// The elements.
    public internal(set) var items: [PickleValue]

    init(_ items: [PickleValue] = []) { self.items = items }
}

/// A dictionary, its entries in order.
public final class PickleDictionary {
    /// The entries.
    public private(set) var entries: [(key: PickleValue, value: PickleValue)] = []
    private var places: [String: Int] = [:]

    /// The value of a text.
    public subscript(key: String) -> PickleValue? { places[key].map { entries[$0].value } }

    /// The keys that are texts, in order.
    public var keys: [String] { entries.compactMap(\.key.text) }

    func set(_ key: PickleValue, _ value: PickleValue) {
        if let text = key.text {
            if let place = places[text] {
                entries[place].value = value
                return
            }
            places[text] = entries.count
        }
        entries.append((key, value))
    }

    func clear() { (entries, places) = ([], [:]) }
}

/// A record of an object: of which class, made with what, in which state.
public final class PickleObject {
    /// The class, or the function that would have been called.
    public let name: PickleName
    /// What it would have been made with.
    public internal(set) var arguments: [PickleValue]
    /// Its state.
    public internal(set) var state: PickleValue = .none
    /// Its entries, where it is a dictionary, too.
    public internal(set) var entries: PickleDictionary?
    /// Its elements, where it is a list, too.
    public internal(set) var items: [PickleValue] = []

    init(_ name: PickleName, _ arguments: [PickleValue] = []) {
        (self.name, self.arguments) = (name, arguments)
    }

    /// A value of its state.
    public subscript(key: String) -> PickleValue? { state.dictionary?[key] }
}
