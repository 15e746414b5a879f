namespace Sigma.Storage;

/// <summary>A value of a row: an id, a number, a text, bytes, or null. A struct, because a thousand rows would box thousands of them.</summary>
public readonly record struct SqlValue
{
    internal Guid? Id { get; private init; }
    internal long? Number { get; private init; }
    internal string? Text { get; private init; }
    internal double? Measure { get; private init; }
    internal ReadOnlyMemory<byte>? Bytes { get; private init; }

    /// <summary>An id, or null.</summary>
    public static implicit operator SqlValue(Guid? id) => new() { Id = id };

    /// <summary>A whole number, or null.</summary>
    public static implicit operator SqlValue(long? number) => new() { Number = number };

    /// <summary>A measured value: finite. Not by itself, as a whole number would be one too.</summary>
    public static SqlValue Of(double measure) => new() { Measure = measure };

    /// <summary>Bytes, for a column that holds any.</summary>
    public static SqlValue Of(ReadOnlyMemory<byte> bytes) => new() { Bytes = bytes };

    /// <summary>A text, or null.</summary>
    public static implicit operator SqlValue(string? text) => new() { Text = text };
}
