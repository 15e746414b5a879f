using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.Notifier;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Channels.Telegram;
using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Texts;

namespace Sigma.UnitTests.Notifier;

public sealed class Texts_of_other_kinds
{
    static readonly IOptions<NotifierOptions> Settings = Options.Create(new NotifierOptions());
    static readonly AlertText Text = new(new LocalTime(Settings, NullLogger<LocalTime>.Instance), Settings);

    [Fact]
    public void Are_a_line_each_in_a_digest_that_says_what_it_is()
    {
        WhatsAppOptions chat = new();
        DeliveryContent[] contents =
        [
            Content("threshold", ContentKind.Raised), Content("absence", ContentKind.Cleared), Content("external", ContentKind.RaisedAndCleared),
            Content("threshold", ContentKind.Cleared, "rule-changed"), Content("count", ContentKind.Raised),
        ];

        var (text, alerts) = new DigestText(Text).Of(contents, [null, null, null, null, null], chat, chat.Markup.Escape);

        Assert.Equal(5, alerts);
        Assert.Equal(
            """
            📋 *Resumo de 5 avisos*
            🚨 Limite excedido: *disk* · nearly full · host web-1 · 97.2 % (limite 90 %)
            ✅ Notícias de novo: *disk* · nearly full · host web-1
            ℹ️ Alerta de outro sistema, já encerrado: *disk* · nearly full · host web-1
            ℹ️ Alerta encerrado, a regra *disk* mudou · nearly full · host web-1
            🚨 · host web-1 · 25 eventos
            """.ReplaceLineEndings("\n"), text);
        chat.Language = "en";
        Assert.Contains("🚨 Limit exceeded: *disk* · nearly full · host web-1 · 97.2 % (limit 90 %)",
            new DigestText(Text).Of(contents, [null, null, null, null, null], chat, chat.Markup.Escape).Text);
    }

    [Fact]
    public void Name_single_labels_and_annotations_escaped_and_leave_out_lines_of_those_there_are_not()
    {
        var content = Content("threshold", ContentKind.Raised);
        var text = Text.Render("on {label.host}\\nsee {annotation.runbook}\\nat {label.site}", content, null, new TelegramOptions(),
            Markup.Telegram.Escape);
        Assert.Equal("on web-1\nsee &lt;b&gt;*page*", Markup.Telegram.Finish(text));
    }

    [Fact]
    public void Say_how_bad_it_is_where_another_system_says_it_in_the_words_of_their_language()
    {
        WhatsAppOptions chat = new();
        var content = Content("external", ContentKind.Raised);
        Assert.Contains("\nGravidade atenção\n", Text.Of(content, null, chat, chat.Markup.Escape));
        Assert.DoesNotContain("Gravidade", Text.Of(Content("threshold", ContentKind.Raised), null, chat, chat.Markup.Escape));
        Assert.Equal("crítica", SeverityWord.Of("Critical", "pt-BR"));
        Assert.Equal("P1", SeverityWord.Of("P1", "pt-BR"));
        chat.Language = "en";
        Assert.Contains("\nSeverity warning\n", Text.Of(content, null, chat, chat.Markup.Escape));
    }

    [Theory]
    [InlineData("{label.host} {annotation.run-book} {label.kubernetes.io/name}", null)]
    [InlineData("{labels.host}", "labels.host")]
    [InlineData("{label}", "label")]
    [InlineData("{annotations}", "annotations")]
    public void Are_checked_for_names_that_no_alert_has(string text, string? unknown)
    {
        Assert.Equal(unknown, TextTemplate.UnknownIn(text));
        Assert.Equal("label.host", TextTemplate.UnknownIn("{label.host}", ["alerts"]));
    }

    static DeliveryContent Content(string kind, ContentKind says, string? reason = null) => new(Guid.Empty, says, new Episode
    {
        AlertId = Guid.Empty, Rule = "disk", Severity = "warning", Source = "metrics", Kind = kind, Summary = "nearly full",
        Labels = new Dictionary<string, string> { ["host"] = "web-1" },
        Annotations = new Dictionary<string, string> { ["runbook"] = "<b>*page*" },
        Count = kind == "count" ? 25 : 0, Threshold = kind == "count" ? 20 : 0, Value = 97.2, Limit = 90, Unit = "%",
        WindowFrom = DateTimeOffset.UnixEpoch, WindowTo = DateTimeOffset.UnixEpoch, RaisedAt = DateTimeOffset.UnixEpoch,
        ClearedAt = says == ContentKind.Raised ? null : DateTimeOffset.UnixEpoch, ClearedReason = says == ContentKind.Raised ? null : reason ?? "x",
    });
}
