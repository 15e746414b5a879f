using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.OperatorConsole.Alerts;
using Sigma.OperatorConsole.Pages.Parts;
using Sigma.OperatorConsole.Texts;

namespace Sigma.UnitTests.Console.Pages;

public sealed class Words_about_alerts : IDisposable
{
    static readonly AlertWords Words = new(new StringLocalizer<PartsTexts>(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance)));

    readonly (CultureInfo, CultureInfo) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;

    [Theory]
    [InlineData("pt-BR", "count", 1234.0, 20.0, "events", "Padaria do Zé: 1.234 eventos, e o limite é 20 eventos")]
    [InlineData("en", "count", 1234.0, 20.0, "events", "Padaria do Zé: 1,234 events, and the limit is 20 events")]
    [InlineData("pt-BR", "threshold", 95.5, 90.0, "%", "Padaria do Zé: o valor é 95,5 %, e o limite é 90 %")]
    [InlineData("en", "absence", 900.0, 600.0, "s", "Padaria do Zé: nothing heard for 15 min, and the limit is 10 min")]
    public void What_is_wrong_is_a_sentence_in_the_pages_language(string language, string kind, double value, double limit, string unit, string text)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
        Assert.Equal(text, Words.Sentence(Alert with { Kind = kind, Value = value, Limit = limit, Unit = unit }));
    }

    [Fact]
    public void What_it_says_of_itself_goes_before()
    {
        Assert.Equal("Padaria do Zé: disk full", Words.Sentence(Alert with { Kind = "external", Summary = "disk full" }));
        Assert.Equal("disk full", Words.Sentence(Alert with { Kind = "external", Summary = "disk full", TradeName = null }));
        Assert.Equal("disk full", Words.Title(Alert with { Summary = "disk full", TradeName = null }));
    }

    [Fact]
    public void An_account_without_a_name_is_called_by_its_labels()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("pt-BR");
        Assert.Equal("Conta 7", Words.Title(Alert with { TradeName = null }));
        Assert.Equal("Código E130", Words.Detail(Alert with { TradeName = null }));
        Assert.Equal("0042 · Código E130", Words.Detail(Alert));
        Assert.Equal("excess", Words.Title(Alert with { TradeName = null, Labels = new Dictionary<string, string>() }));
    }

    [Fact]
    public void A_medium_is_as_bad_as_a_warning_and_looks_like_one()
    {
        Assert.Equal(SeverityOrder.Rank("warning"), SeverityOrder.Rank("Medium"));
        Assert.Equal(SeverityText.ClassOf("warning"), SeverityText.ClassOf("medium"));
        Assert.Equal(["critical", "high", "error", "medium", "strange", "low", "info"],
            ((string[])["info", "strange", "low", "critical", "medium", "error", "high"]).OrderBy(SeverityOrder.Rank));
    }

    [Fact]
    public void A_silence_is_made_for_the_rule_and_all_labels_whatever_they_hold()
    {
        var address = SilenceAddress.Of(Alert with { Rule = "a \"b\" \\c", Labels = new Dictionary<string, string> { ["x"] = "1&2=3" } });
        Assert.Equal(
            $"silences/new?matcher={Uri.EscapeDataString("rule=\"a \"b\" \\c\"")}&matcher={Uri.EscapeDataString("x=\"1&2=3\"")}", address);
    }

    static AlertView Alert { get; } = new()
    {
        AlertId = Guid.NewGuid(), Sequence = 1, Rule = "excess", Kind = "count", Severity = "warning", Source = "segware",
        TradeName = "Padaria do Zé", AccountCode = "0042", Labels = new Dictionary<string, string> { ["account"] = "7", ["code"] = "E130" },
        RaisedAt = default,
    };
}
