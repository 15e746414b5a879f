using System.Text.Json;
using Sigma.Hosting.Texts;

namespace Sigma.Gateway.Webhooks.Common;

/// <summary>
/// Makes what was understood fit: texts are cut, labels that are too many or too long become annotations, service and region are labels too, and odd
/// times are flagged.
/// </summary>
internal static class NewsLimits
{
    /// <summary>Name of the annotation that tells of a time that cannot be right.</summary>
    public const string OddTime = "odd_time";

    const int LongestTitle = 500, LongestText = 4000, LongestUrl = 2000, LongestWord = 200;

    // Below what news may have, so that the integration's own labels have room.
    const int MostLabels = 24, LongestLabel = 200, LongestLabels = 750;

    const int MostAnnotations = 32, LongestAnnotation = 1000, LongestAnnotations = 8000;

    // Clocks differ by so much before a time of the sender's is one in the future.
    static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What names an alert is kept before what describes where it is from.
    static readonly string[] First = ["alertname", "severity", "service", "region", "instance", "host"];

    public static Understood Fit(Understood news, DateTimeOffset receivedAt)
    {
        Dictionary<string, string> annotations = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in news.Annotations)
            annotations.TryAdd(name, value);
        if (OddTimes(news, receivedAt) is { } odd)
            annotations[OddTime] = odd;
        var labels = Labels(news, annotations);
        return news with
        {
            ExternalId = ExternalIds.Fit(news.ExternalId),
            Title = Cut(news.Title, LongestTitle), Text = Cut(news.Text, LongestText),
            Url = news.Url is { Length: <= LongestUrl } url && IsLink(url) ? url : null,
            Service = Cut(news.Service, LongestWord), Region = Cut(news.Region, LongestWord),
            ReportedAt = news.ReportedAt is { } reported && IsTrusted(reported, receivedAt) ? reported : null,
            Labels = labels, Annotations = Annotations(annotations),
        };
    }

    static string? OddTimes(Understood news, DateTimeOffset receivedAt)
    {
        List<string> odd = [];
        foreach (var (name, time) in new[] { ("start", news.StartsAt), ("end", news.EndsAt), ("report", news.ReportedAt) })
            if (time is { } at && !IsTrusted(at, receivedAt) && !(name == "end" && at > receivedAt))
                odd.Add($"its {name} is {at:yyyy-MM-dd'T'HH:mm:ss'Z'}, {(at > receivedAt ? "in the future" : "before 2000")}");
        return odd.Count > 0 ? string.Join("; ", odd) : null;
    }

    static bool IsTrusted(DateTimeOffset time, DateTimeOffset receivedAt) => time >= Earliest && time <= receivedAt + Ahead;

    static Dictionary<string, string> Labels(Understood news, Dictionary<string, string> annotations)
    {
        LabelList all = new();
        foreach (var (name, value) in news.Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
            all.Add(name, value);
        all.Add("service", news.Service).Add("region", news.Region);
        Dictionary<string, string> kept = new(StringComparer.OrdinalIgnoreCase);
        var left = LongestLabels;
        foreach (var (name, value) in all.ToDictionary().OrderBy(label => Array.IndexOf(First, label.Key) is >= 0 and var rank ? rank : First.Length)
            .ThenBy(label => label.Key, StringComparer.Ordinal))
        {
            var text = value.Truncate(LongestLabel);
            var length = JsonSerializer.Serialize(text).Length + JsonSerializer.Serialize(name).Length + 2;
            if (kept.Count < MostLabels && length <= left)
            {
                kept.Add(name, text);
                left -= length;
            }
            if (text.Length < value.Length || !kept.ContainsKey(name))
                annotations.TryAdd(name, value);
        }
        return kept;
    }

    static Dictionary<string, string> Annotations(Dictionary<string, string> all)
    {
        Dictionary<string, string> kept = new(StringComparer.OrdinalIgnoreCase);
        var left = LongestAnnotations;
        foreach (var (name, value) in all.OrderBy(one => one.Key != OddTime).ThenBy(one => one.Key, StringComparer.Ordinal))
            if (value.Trim().Truncate(LongestAnnotation) is { Length: > 0 } text && kept.Count < MostAnnotations && text.Length <= left
                && LabelNames.Of(name) is { } plain && kept.TryAdd(plain, text))
                left -= text.Length;
        return kept;
    }

    static string? Cut(string? text, int longest) => text?.Trim() is { Length: > 0 } trimmed ? trimmed.Truncate(longest) : null;

    static bool IsLink(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https");
}
