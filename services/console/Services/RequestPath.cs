using System.Text;

namespace Sigma.OperatorConsole.Services;

/// <summary>A path with what stands behind its question mark.</summary>
internal sealed class RequestPath(string path)
{
    readonly StringBuilder _text = new(path);
    char _next = '?';

    /// <summary>Adds a value; none when it is null.</summary>
    public RequestPath With(string name, string? value)
    {
        if (value is null)
            return this;
        _text.Append(_next).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _next = '&';
        return this;
    }

    /// <summary>Adds each value.</summary>
    public RequestPath With(string name, IEnumerable<string> values)
    {
        foreach (var value in values)
            With(name, value);
        return this;
    }

    /// <summary>Adds a number; none when it is null.</summary>
    public RequestPath With(string name, long? value) => With(name, value?.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Adds a time in UTC; none when it is null.</summary>
    public RequestPath With(string name, DateTimeOffset? value) =>
        With(name, value?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
