using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind
{
    /// <summary>There is none, or it is null.</summary>
    None,
    Text,
    Number,
    Boolean,
    Object,
    List,
}

/// <summary>A value in a JSON body, which may not be there: asking further into it is no error. It knows where it is.</summary>
internal sealed class JsonValue
{
    readonly JsonValue? _parent;
    readonly string? _name;
    readonly int _index;
    readonly string? _scalar;
    readonly List<JsonValue>? _fields;

    JsonValue(JsonValue? parent, string? name, int index, JsonKind kind, string? scalar)
    {
        _parent = parent;
        _name = name;
        _index = index;
        Kind = kind;
        _scalar = kind == JsonKind.Number ? Plain(scalar!) : scalar;
        _fields = kind is JsonKind.Object or JsonKind.List ? [] : null;
    }

    public JsonKind Kind { get; }

    /// <summary>The fields of an object, in the order of the body; a name may be there twice, and the last one counts.</summary>
    public IReadOnlyList<JsonValue> Fields => _fields ?? [];

    /// <summary>The values of a list.</summary>
    public IReadOnlyList<JsonValue> Items => Kind == JsonKind.List ? Fields : [];

    /// <summary>Name of a field; empty in a list.</summary>
    public string Name => _name ?? "";

    public bool IsThere => Kind != JsonKind.None;

    public bool IsObject => Kind == JsonKind.Object;

    public bool IsList => Kind == JsonKind.List;

    /// <summary>Where in the body it is, such as <c>alerts[0].startsAt</c>.</summary>
    public string Place => _parent is null ? "body"
        : _parent._parent is null ? _name ?? $"[{_index}]"
        : _name is null ? $"{_parent.Place}[{_index}]" : $"{_parent.Place}.{_name}";

    /// <summary>
    /// A text without the space around it, a number or a boolean as text; null when it is empty, none of them, or not there. A number that is whole
    /// has
    /// no fraction, so that 93 and 93.0 are the same.
    /// </summary>
    public string? Text => Kind is JsonKind.Text or JsonKind.Number or JsonKind.Boolean && _scalar!.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A text as it was sent, with the space around it; what is none is empty.</summary>
    public string Raw => Kind is JsonKind.Text or JsonKind.Number or JsonKind.Boolean ? _scalar! : "";

    /// <summary>A whole number, also when it is written as a text.</summary>
    public long? Whole => Number is { } number && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
        ? (long)number : null;

    /// <summary>A number, also when it is written as a text.</summary>
    public decimal? Number => Kind is JsonKind.Number or JsonKind.Text
        && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The field of a name: exactly, else without case.</summary>
    public JsonValue this[string name] => (Kind == JsonKind.Object
        ? _fields!.FindLast(field => field._name == name)
            ?? _fields.FindLast(field => string.Equals(field._name, name, StringComparison.OrdinalIgnoreCase))
        : null) ?? new JsonValue(this, name, 0, JsonKind.None, null);

    /// <summary>A value of a list.</summary>
    public JsonValue this[int index] => Kind == JsonKind.List && index >= 0 && index < _fields!.Count ? _fields[index]
        : new JsonValue(this, null, index, JsonKind.None, null);

    /// <summary>The value at a dotted path, such as <c>items.0.name</c>; a name that has a dot itself is found too.</summary>
    public JsonValue At(string path)
    {
        if (path.Length == 0)
            return this;
        var own = this[path];
        if (own.IsThere || path.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var dot))
            return Kind == JsonKind.List && int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? this[last] : own;
        for (; dot > 0; dot = path.IndexOf('.', dot + 1))
        {
            var step = path[..dot];
            var next = Kind == JsonKind.List && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? this[index] : this[step];
            if (next.IsThere && next.At(path[(dot + 1)..]) is { IsThere: true } found)
                return found;
        }
        return own;
    }

    /// <summary>The first of the fields that has a text.</summary>
    public string? FirstText(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
            if (At(path).Text is { } text)
                return text;
        return null;
    }

    /// <summary>A text, or what it holds as JSON; null when it is not there or holds nothing.</summary>
    public string? Shown => Kind is JsonKind.Object or JsonKind.List ? Fields.Count > 0 ? Json() : null : Text;

    /// <summary>What is wrong with it.</summary>
    public MalformedBodyException Wrong(string reason) => new(Place, reason);

    /// <summary>Its text, which must be there.</summary>
    /// <exception cref="MalformedBodyException">It is not.</exception>
    public string Needed(string what) => Text ?? throw Wrong(IsThere && Kind != JsonKind.Text ? $"is not {what}" : $"is missing: {what}");

    internal static JsonValue Root(JsonKind kind, string? scalar) => new(null, null, 0, kind, scalar);

    internal JsonValue Add(string? name, JsonKind kind, string? scalar)
    {
        JsonValue child = new(this, name, Fields.Count, kind, scalar);
        _fields!.Add(child);
        return child;
    }

    // 93.0 and 9.3e1 are 93.
    static string Plain(string number) =>
        number.AsSpan().IndexOfAny('.', 'e', 'E') >= 0
        && decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value == decimal.Truncate(value)
            ? decimal.Truncate(value).ToString("0", CultureInfo.InvariantCulture) : number;

    string Json()
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    void Write(Utf8JsonWriter writer)
    {
        switch (Kind)
        {
            case JsonKind.Object:
                writer.WriteStartObject();
                foreach (var field in Fields)
                {
                    writer.WritePropertyName(field.Name);
                    field.Write(writer);
                }
                writer.WriteEndObject();
                break;
            case JsonKind.List:
                writer.WriteStartArray();
                _fields!.ForEach(item => item.Write(writer));
                writer.WriteEndArray();
                break;
            case JsonKind.Text:
                writer.WriteStringValue(_scalar);
                break;
            case JsonKind.None:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteRawValue(_scalar!);
                break;
        }
    }
}
