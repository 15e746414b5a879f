using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Sigma.Hosting.Texts;
using Sigma.Notifier.Texts;

namespace Sigma.UnitTests.Notifier;

/// <summary>Whatever a value holds, people read it as it is, and it is neither markup nor a placeholder.</summary>
public sealed class Values_in_every_markup
{
    const int Values = 3000;

    static readonly string[] Pieces =
    [
        "*", "_", "~", "`", "```", "<", ">", "&", "\"", "'", "[", "]", "(", ")", "](", "{count}", "{tradeName}", "{", "}", "|", "\\", "#", "-", "1.",
        "1) ", " ", "  ", "> ", "- ", "<b>", "</b>", "<!channel>", "&amp;", "<br>", "**", "__", "a", "ACME", "1", "São", "é", "🚨", "\n", "\t",
        "\uE02A", ";",
    ];

    static readonly string[] Templates =
        ["*{tradeName}*", "{tradeName}", " {tradeName} x", "*x* {tradeName}: *{code}*", "({tradeName})", "a{tradeName}b"];

    [Theory]
    [InlineData("plain")]
    [InlineData("whatsapp")]
    [InlineData("slack")]
    [InlineData("telegram")]
    [InlineData("teams")]
    [InlineData("html")]
    public void Read_as_they_are(string name)
    {
        var (markup, read) = Of(name);
        Random random = new(7);
        for (var i = 0; i < Values; i++)
        {
            var value = OutsideText.Line(string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => Pieces[random.Next(Pieces.Length)])));
            if (value.Length == 0)
                continue;
            var template = Templates[random.Next(Templates.Length)];

            var sent = markup.Finish(new TextTemplate(template).Render(
                new Dictionary<string, string> { ["tradeName"] = value, ["code"] = "E130", ["count"] = "20" }, markup.Escape));

            Assert.Equal(Alike(template.Replace("*", "").Replace("{code}", "E130").Replace("{tradeName}", value)), Alike(read(sent)));
        }
    }

    [Theory]
    [InlineData("plain", "ACME_1 *ACME_1* {count} <b>")]
    [InlineData("whatsapp", "*ACME_1* ∗ACME_1∗ {count} <b>")]
    [InlineData("slack", "*ACME_1* ∗ACME_1∗ {count} &lt;b&gt;")]
    [InlineData("telegram", "<b>ACME_1</b> *ACME_1* {count} &lt;b&gt;")]
    [InlineData("teams", "**ACME_1** ∗ACME_1∗ {count} <b>")]
    [InlineData("html", "<b>ACME_1</b> *ACME_1* {count} &lt;b&gt;")]
    public void Are_beside_bold_text_of_ours(string name, string sent)
    {
        var (markup, _) = Of(name);
        Assert.Equal(sent, markup.Finish(new TextTemplate("*{code}* {tradeName}").Render(
            new Dictionary<string, string> { ["code"] = "ACME_1", ["tradeName"] = "*ACME_1* {count} <b>", ["count"] = "20" }, markup.Escape)));
    }

    /// <summary>The markup, and what people read of it.</summary>
    static (Markup Markup, Func<string, string> Read) Of(string name) => name switch
    {
        "plain" => (Markup.Plain, sent => sent),
        "whatsapp" => (Markup.WhatsApp, WithoutBold),
        "slack" => (Markup.Slack, sent => WebUtility.HtmlDecode(WithoutBold(OnlyEntities(sent)))),
        "telegram" => (Markup.Telegram, WithoutTags),
        "teams" => (Markup.Teams, sent => WithoutBold(WithoutLinks(sent).Replace("**", "*"))),
        _ => (Markup.Html, WithoutTags),
    };

    // In WhatsApp and Slack every asterisk that is left is a mark, and so are these.
    static string WithoutBold(string sent)
    {
        Assert.DoesNotContain('`', sent);
        Assert.DoesNotContain('~', sent);
        return sent.Replace("*", "");
    }

    static string OnlyEntities(string sent)
    {
        Assert.DoesNotContain('<', sent);
        Assert.DoesNotContain('>', sent);
        return sent;
    }

    static string WithoutLinks(string sent)
    {
        Assert.DoesNotContain("](", sent, StringComparison.Ordinal);
        return sent.Replace("\u2060", "");
    }

    static string WithoutTags(string sent)
    {
        var text = Regex.Replace(sent, "</?b>", "");
        return WebUtility.HtmlDecode(OnlyEntities(text));
    }

    // A sign that looks the same stands for one that cannot be written.
    static string Alike(string text)
    {
        StringBuilder alike = new();
        foreach (var c in text)
            alike.Append(c switch
            {
                '∗' => '*', '∼' => '~', 'ˋ' => '`', 'ˍ' => '_', '›' => '>', '‐' => '-', '․' => '.', '﹚' => ')', _ => c,
            });
        return alike.ToString();
    }
}
