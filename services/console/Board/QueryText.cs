using System.Text;

namespace Sigma.OperatorConsole.Board;

/// <summary>The part of an address behind the question mark.</summary>
internal static class QueryText
{
    const int Most = 500;

    public static IEnumerable<KeyValuePair<string, string?>> Read(string query)
    {
        foreach (var part in query.TrimStart('?').Split('&', Most, StringSplitOptions.RemoveEmptyEntries))
        {
            var sign = part.IndexOf('=', StringComparison.Ordinal);
            yield return sign < 0 ? new(Unescape(part), "") : new(Unescape(part[..sign]), Unescape(part[(sign + 1)..]));
        }
    }

    public static void Add(StringBuilder query, string name, string value) =>
        query.Append(query.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));

    static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
