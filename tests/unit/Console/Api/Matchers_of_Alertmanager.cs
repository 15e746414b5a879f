using Sigma.Hosting.Alertmanager;

namespace Sigma.UnitTests.Console.Api;

/// <summary>What amtool, Karma and Grafana send as filter.</summary>
public sealed class Matchers_of_Alertmanager
{
    [Theory]
    [InlineData("alertname=\"excess\"", "excess", true), InlineData("alertname=\"excess\"", "Excess", false)]
    [InlineData("alertname=excess", "excess", true), InlineData("alertname!=excess", "excess", false)]
    [InlineData("code=~\"E1.*\"", "E130", true), InlineData("code=~\"E1\"", "E130", false)]
    [InlineData("code!~\"E1.*\"", "E130", false), InlineData("code!~\"E1.*\"", "", true)]
    [InlineData("name=\"a \\\"b\\\" \\\\ c\"", "a \"b\" \\ c", true), InlineData("name=\"\"", "", true)]
    [InlineData("name=\"a,b={c}\"", "a,b={c}", true), InlineData("\"name\"=\"x\"", "x", true)]
    public void Fit_as_their_clients_mean_it(string filter, string value, bool fits) =>
        Assert.Equal(fits, Assert.Single(LabelMatcher.Read([filter])!).Fits(value));

    [Theory, InlineData("nothing"), InlineData("=x"), InlineData("a=~\"(\""), InlineData("a=~\"(?=x)\""), InlineData("a=\"b\" c")]
    public void Are_refused_when_they_are_none(string filter) => Assert.Null(LabelMatcher.Read([filter]));

    [Fact]
    public void Come_several_at_once()
    {
        Assert.Equal(["a", "b"], LabelMatcher.Read(["{a=\"1\", b=~\"2|3\"}"])!.Select(matcher => matcher.Name));
        Assert.Equal(["a", "b", "c"], LabelMatcher.Read(["a=1,b=2", "c=3"])!.Select(matcher => matcher.Name));
        Assert.Empty(LabelMatcher.Read(null)!);
        Assert.Null(LabelMatcher.Read([string.Join(',', Enumerable.Range(0, 50).Select(i => $"a{i}=1"))]));
    }
}
