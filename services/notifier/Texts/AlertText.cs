using System.Globalization;
using Microsoft.Extensions.Options;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier.Texts;

/// <summary>Says of an alert what a channel's texts say.</summary>
internal sealed class AlertText(LocalTime local, IOptions<NotifierOptions> options)
{
    static readonly HashSet<string> Named = ["account", "cuc", "code"];

    public string Of(DeliveryContent content, AccountNames? names, ChannelOptions channel, string lineBreak = "\n")
    {
        var drill = content.Episode.IsDrill ? options.Value.Drill : null;
        var text = content.Says switch
        {
            Said.Raised => drill?.RaisedText ?? channel.RaisedText,
            Said.Cleared => drill?.ClearedText ?? channel.ClearedText,
            _ => drill?.RaisedAndClearedText ?? channel.RaisedAndClearedText,
        };
        return new TextTemplate(text).Render(Values(content, names), lineBreak);
    }

    /// <summary>The alert's line in a digest. It is never empty: what fits none of the line's placeholders is named by its id.</summary>
    public string LineOf(DeliveryContent content, AccountNames? names, DigestTexts texts)
    {
        var text = content.Says switch
        {
            Said.Raised => texts.RaisedLine,
            Said.Cleared => texts.ClearedLine,
            _ => texts.RaisedAndClearedLine,
        };
        return new TextTemplate(text).Render(Values(content, names), " ") is { Length: > 0 } line ? line : $"{content.Episode.Rule} {content.Episode.AlertId}";
    }

    Dictionary<string, string> Values(DeliveryContent content, AccountNames? names)
    {
        var episode = content.Episode;
        return new()
        {
            ["account"] = episode.Label("account"),
            ["accountCode"] = names?.Code ?? episode.Label("account"),
            ["tradeName"] = Name(names?.TradeName),
            ["company"] = Name(names?.Company),
            ["clientGroup"] = Name(names?.ClientGroup),
            ["cuc"] = episode.Label("cuc"),
            ["code"] = episode.Label("code"),
            ["labels"] = string.Join(", ", episode.Labels.Where(l => !Named.Contains(l.Key))
                .OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key} {l.Value}")),
            ["count"] = Number(content.Says == Said.Cleared ? episode.ClearedCount : episode.Count),
            ["threshold"] = Number(episode.Threshold),
            ["windowFrom"] = local.Show(episode.WindowFrom),
            ["windowTo"] = local.Show(episode.WindowTo),
            ["raisedAt"] = local.Show(episode.RaisedAt),
            ["clearedAt"] = local.Show(episode.ClearedAt),
            ["duration"] = LocalTime.Show(episode.ClearedAt - episode.RaisedAt),
            ["rule"] = episode.Rule,
            ["severity"] = episode.Severity,
            ["source"] = episode.Source,
            ["alertId"] = episode.AlertId.ToString(),
        };
    }

    string Name(string? name) => (name ?? "").Cut(options.Value.NameLength);

    static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
