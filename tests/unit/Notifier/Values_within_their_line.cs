using Sigma.Hosting.Texts;
using Sigma.Notifier.Texts;

namespace Sigma.UnitTests.Notifier;

public sealed class Values_within_their_line
{
    [Theory]
    [InlineData("> cite", "› cite")]
    [InlineData("- item", "‐ item")]
    [InlineData("* item", "∗ item")]
    [InlineData("12. item", "12․ item")]
    [InlineData("1.", "1․")]
    [InlineData("1.5 m", "1.5 m")]
    [InlineData("-", "-")]
    public void A_value_at_the_beginning_of_a_line_begins_no_list_and_no_quotation(string value, string shown)
    {
        string Render(string template) =>
            new TextTemplate(template).Render(new Dictionary<string, string> { ["tradeName"] = value }, OutsideText.ForWhatsApp);

        Assert.Equal(shown, Render("{tradeName}"));
        Assert.Equal($" {shown} x", Render(" {tradeName} x"));
        Assert.Equal($"a {value.Replace('*', '∗')}", Render("a {tradeName}"));
    }

    [Theory]
    [InlineData("e\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\u0301")]
    [InlineData("\u0338Loja", "Loja")]
    [InlineData("❤️ Loja 😀", "❤️ Loja 😀")]
    [InlineData("a\u0000\u0007\u001b[31mb", "a[31mb")]
    [InlineData("a\u001eb\u001fc", "a b c")]
    [InlineData("\ue000\u0378ok", "ok")]
    [InlineData("\u3164", "")]
    [InlineData(null, "")]
    public void A_line_holds_what_is_seen_of_a_value(string? value, string line) => Assert.Equal(line, PlainLine.Of(value));

    [Fact]
    public void Half_a_pair_is_shown_as_what_cannot_be_shown() => Assert.Equal("Loja \ufffd Sul", PlainLine.Of("Loja \ud83d Sul"));

    [Fact]
    public void What_is_seen_as_one_character_is_not_torn_by_a_cut()
    {
        Assert.Equal("ab…", "ab👨‍👩‍👧cd".Truncate(6));
        Assert.Equal("Jose…", "Jose e\u0301 aqui".Truncate(7));
        Assert.Equal("🇧🇷…", "🇧🇷🇧🇷🇧🇷".Truncate(7));
    }
}
