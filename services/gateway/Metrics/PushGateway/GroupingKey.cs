using System.Text;

namespace Sigma.Gateway.Metrics.PushGateway;

/// <summary>The labels in the path of a push: <c>job/backup/instance/db1</c>, or <c>job@base64/…</c> for what has a slash or is empty.</summary>
internal static class GroupingKey
{
    const string Base64 = "@base64";
    const int MostLabels = 32;

    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static List<KeyValuePair<string, string>> Parse(string path)
    {
        var parts = path.Split('/');
        if (parts.Length % 2 != 0)
            throw new FormatException("the path has a label without a value: write /metrics/job/NAME/label/value");
        if (parts.Length > 2 * MostLabels)
            throw new FormatException($"the path has more than {MostLabels} labels");
        List<KeyValuePair<string, string>> labels = [];
        for (var i = 0; i < parts.Length; i += 2)
        {
            var (name, value) = (parts[i], Uri.UnescapeDataString(parts[i + 1]));
            if (name.EndsWith(Base64, StringComparison.Ordinal))
                (name, value) = (name[..^Base64.Length], Decode(parts[i + 1]));
            if (name.Length == 0 || name.StartsWith("__", StringComparison.Ordinal) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                throw new FormatException($"{name} is no label's name");
            if (labels.Exists(label => label.Key == name))
                throw new FormatException($"the label {name} is there twice");
            labels.Add(new(name, value));
        }
        if (labels[0].Key != "job" || labels[0].Value.Length == 0)
            throw new FormatException("the path must begin with /metrics/job/ and a name");
        return labels;
    }

    // Of addresses, with or without its padding.
    static string Decode(string text)
    {
        var plain = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        try
        {
            return new UTF8Encoding(false, true).GetString(Convert.FromBase64String(plain.PadRight((plain.Length + 3) / 4 * 4, '=')));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new FormatException($"{text} is not base64");
        }
    }
}
