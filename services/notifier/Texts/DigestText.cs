using System.Globalization;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier.Texts;

/// <summary>Many alerts in one text: a heading, and a line that names each.</summary>
internal sealed class DigestText(AlertText text)
{
    /// <summary>As many of the first alerts as fit, at least one.</summary>
    public (string Text, int Alerts) Of(IReadOnlyList<DeliveryContent> contents, IReadOnlyList<AccountInfo?> names, ChatOptions channel,
        Escape escape)
    {
        var left = channel.Digest.Length - Heading(contents, channel).Length;
        List<string> lines = [];
        foreach (var (content, named) in contents.Zip(names))
        {
            var line = text.LineOf(content, named, channel, escape);
            left -= line.Length + 1;
            if (left < 0 && lines.Count > 0)
                break;
            lines.Add(line);
        }
        return (string.Join('\n', [Heading([.. contents.Take(lines.Count)], channel), .. lines]), lines.Count);
    }

    string Heading(IReadOnlyList<DeliveryContent> contents, ChatOptions channel)
    {
        string Count(ContentKind says) => contents.Count(c => c.Kind == says).ToString(CultureInfo.InvariantCulture);
        return new TextTemplate(text.InLanguageOf(channel, channel.Digest.Heading)).Render(new Dictionary<string, string>
        {
            ["alerts"] = contents.Count.ToString(CultureInfo.InvariantCulture),
            ["raised"] = Count(ContentKind.Raised),
            ["cleared"] = Count(ContentKind.Cleared),
            ["raisedAndCleared"] = Count(ContentKind.RaisedAndCleared),
        }, (number, _) => number);
    }
}
