using Sigma.Notifier.Channels.Twilio;

namespace Sigma.UnitTests.Notifier;

public sealed class Texts_of_SMS
{
    [Theory]
    [InlineData("🚨 São João “Açaí” – 20 eventos…", "Sao Joao \"Acai\" - 20 eventos...")]
    [InlineData("Ünlü ñ é à {count}", "Ünlü ñ é à {count}")]
    [InlineData("Москва", "Москва")]
    public void Have_the_letters_of_SMS_where_there_are_any(string text, string plain) => Assert.Equal(plain, SmsText.PlainLetters(text));

    [Theory]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    public void Have_160_letters_a_part_or_153_of_several(int letters, int segments) =>
        Assert.Equal(segments, SmsText.Segments(new string('a', letters)));

    [Fact]
    public void Have_70_letters_a_part_where_one_is_foreign_and_some_letters_count_twice()
    {
        Assert.Equal(1, SmsText.Segments(new string('ã', 70)));
        Assert.Equal(2, SmsText.Segments(new string('ã', 71)));
        Assert.Equal(2, SmsText.Segments("€" + new string('a', 159)));
    }

    [Theory]
    [InlineData('a')]
    [InlineData('ã')]
    [InlineData('{')]
    public void Are_cut_where_their_parts_end(char letter)
    {
        var text = new string(letter, 1000);
        var fitted = SmsText.Fit(text, 2);
        Assert.Equal(2, SmsText.Segments(fitted));
        Assert.EndsWith("...", fitted);
        Assert.Equal(3, SmsText.Segments(fitted + letter + letter));
        Assert.Equal("short", SmsText.Fit("short", 1));
    }
}
