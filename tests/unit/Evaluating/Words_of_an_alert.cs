using Sigma.Evaluator.Conditions;
using Sigma.Evaluator.Rules;
using Sigma.Evaluator.Triggers;

namespace Sigma.UnitTests.Evaluating;

public sealed class Words_of_an_alert
{
    static readonly Dictionary<string, string> Labels = new() { ["host"] = "db-1 {limit}", ["value"] = "main" };

    [Theory]
    [InlineData("{host} is silent", "db-1 {limit} is silent")]
    [InlineData("{value} of {limit}", "95.5 of 90")]
    [InlineData("{label.value} on {label.host}", "main on db-1 {limit}")]
    [InlineData("{Label.Host}: {annotation.team}, {annotation.SITE}", "db-1 {limit}: {value} & co, Recife")]
    [InlineData("{nothing} {label.nothing} {annotation.nothing} {}", "{nothing} {label.nothing} {annotation.nothing} {}")]
    public void Put_in_what_is_known_once_and_leave_the_rest_as_it_is(string template, string summary) =>
        Assert.Equal(summary, Words.Summary(Rule(template), Labels, new Finding
        {
            Since = DateTimeOffset.UnixEpoch, What = "load", Against = "limit above 90", Value = 95.5, Limit = 90,
            Annotations = new Dictionary<string, string> { ["site"] = "Recife", ["Team"] = "of the sender" },
        }));

    static Rule Rule(string template) => new(new RuleOptions
    {
        Name = "load", Kind = "threshold", Source = "metrics", GroupBy = "host,value", Limit = 90, Summary = template,
        Annotations = { ["Team"] = "{value} & co" },
    });
}
