using System.Diagnostics;
using Sigma.Notifier.Routing;

namespace Sigma.UnitTests.Routing;

public sealed class Matchers_of_an_alert
{
    [Theory]
    [InlineData("code=E130", true)]
    [InlineData("code = E130", true)]
    [InlineData("code=\"E130\"", true)]
    [InlineData("code=e130", false)]
    [InlineData("code!=E130", false)]
    [InlineData("code!=E131", true)]
    [InlineData("code=~E1.*", true)]
    [InlineData("code=~E1", false)] // the whole value
    [InlineData("code=~E130|E131", true)]
    [InlineData("code=~E13|E1", false)]
    [InlineData("code!~E1.*", false)]
    [InlineData("severity=warning", true)]
    [InlineData("rule=excess", true)]
    [InlineData("kind=count", true)]
    [InlineData("source!=segware", false)]
    [InlineData("category=", true)] // what is not there is empty
    [InlineData("zone=", true)]
    [InlineData("zone!=a", true)]
    [InlineData("zone=~.+", false)]
    [InlineData("name=\"Padaria, do Zé\"", true)]
    [InlineData("name=~.*=.*", false)]
    public void Fit_as_in_Alertmanager(string matcher, bool fits) =>
        Assert.Equal(fits, Matcher.Parse(matcher).Fits(Facts.Of(("code", "E130"), ("name", "Padaria, do Zé"))));

    [Theory]
    [InlineData("code", "is not a matcher")]
    [InlineData("", "is not a matcher")]
    [InlineData("=E130", "is not a matcher")]
    [InlineData("code=~(", "has no pattern that can be used")]
    [InlineData(@"code=~(a)\1", "has no pattern that can be used")]
    [InlineData("code=~(?=a)a", "has no pattern that can be used")]
    public void Are_refused_with_a_reason(string matcher, string reason) =>
        Assert.StartsWith(reason, Assert.Throws<FormatException>(() => Matcher.Parse(matcher)).Message);

    [Theory]
    [InlineData("code=E130")]
    [InlineData("code!~E1.*")]
    [InlineData("name=\"a, b\"")]
    [InlineData("category=\"\"")]
    public void Are_read_again_as_they_are_written(string matcher) => Assert.Equal(matcher, Matcher.Parse(Matcher.Parse(matcher).Text).Text);

    [Fact]
    public void Take_no_time_however_bad_the_pattern()
    {
        var began = Stopwatch.GetTimestamp();
        Assert.False(Matcher.Parse("name=~(a+)+").Fits(Facts.Of(("name", new string('a', 1_000) + "b"))));
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
    }
}
