using Sigma.OperatorConsole.Logs;
using Sigma.OperatorConsole.Rules;
using Sigma.OperatorConsole.Services;

namespace Sigma.UnitTests.Console.Rules;

/// <summary>The rule that a page of log lines offers to make of what was searched for.</summary>
public sealed class Rules_of_searches
{
    [Fact]
    public void Count_what_is_found_of_the_integration_that_most_lines_are_of_by_who_wrote_them()
    {
        var rule = RuleOfSearch.Of("  login failed level>=high ",
            [Line("syslog", "host"), Line("syslog", "host", "app"), Line("docker", "service")])!;

        Assert.Equal(new("login failed level>=high", "syslog", "host"), rule);
        Assert.Equal("rules/edit?kind=count&source=syslog&lines=login%20failed%20level%3E%3Dhigh&group=host", RuleLinks.OfLines(rule));
    }

    [Fact]
    public void Are_of_the_integration_that_the_search_names() =>
        Assert.Equal(new("timeout source=docker", "docker", "service"),
            RuleOfSearch.Of("timeout source=docker", [Line("syslog", "host"), Line("syslog", "host"), Line("docker", "service")]));

    [Theory]
    [InlineData("source!=docker"), InlineData("source=~\"d.*\""), InlineData("-source=docker")]
    public void Take_no_integration_from_what_does_not_name_one(string search) => Assert.Equal("", RuleOfSearch.Of(search, [])!.Source);

    [Fact]
    public void Count_every_line_where_nothing_is_searched_for() => Assert.Equal(new("*", "", "host"), RuleOfSearch.Of(" ", []));

    [Fact]
    public void Are_not_offered_of_what_cannot_be_read() => Assert.Null(RuleOfSearch.Of("\"never closed", []));

    static ArchivedLine Line(string source, params string[] labels) => new()
    {
        At = DateTimeOffset.UnixEpoch, Source = source, Labels = labels.ToDictionary(label => label, label => "x"), Text = "",
    };
}
