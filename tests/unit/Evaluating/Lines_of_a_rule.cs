using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Evaluator.Conditions.Counting.Lines;
using Sigma.Evaluator.Rules;

namespace Sigma.UnitTests.Evaluating;

public sealed class Lines_of_a_rule
{
    static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("failed", "Login FAILED for ana", true)]
    [InlineData("failed", "login unfailed", false)]
    [InlineData("\"login failed\"", "login failed", true)]
    [InlineData("\"login failed\"", "failed login", false)]
    [InlineData("fail*", "failures", true)]
    [InlineData("failed -test", "test login failed", false)]
    [InlineData("falhou", "não FALHOU", true)]
    [InlineData("host=web-1", "anything", true)]
    [InlineData("host=web-2", "anything", false)]
    [InlineData("level>=high", "anything", false)]
    [InlineData("level>=medium", "anything", true)]
    [InlineData("*", "anything", true)]
    public void Are_those_that_the_archive_finds_by_the_same_search(string search, string text, bool counted) =>
        Assert.Equal(counted, Match(new LineFilter("syslog", search, null), text) is not null);

    [Fact]
    public void Have_the_labels_of_their_sender_their_level_and_what_the_pattern_takes_from_them()
    {
        LineFilter filter = new("syslog", "failed", @"user (?<User>\S+) from (?<ip>[\d.]+)( port (?<port>\d+))?");

        Assert.Equal(new Dictionary<string, string> { ["host"] = "web-1", ["level"] = "medium", ["user"] = "ana", ["ip"] = "10.0.0.1" },
            Match(filter, "login failed: user ana from 10.0.0.1"));
        Assert.Null(Match(filter, "login failed"));
        Assert.Equal(200, Match(new LineFilter("syslog", "*", "(?<all>.*)"), new string('a', 500))!["all"].Length);
    }

    [Theory]
    [InlineData("Lines", "cannot be read at 1", "\"open", null, "syslog", "host")]
    [InlineData("Pattern", "cannot be read", "failed", "(", "syslog", "host")]
    [InlineData("Pattern", "going back", "failed", @"(a)\1", "syslog", "host")]
    [InlineData("Pattern", "repeats", "failed", "((a{1,90}){1,90}){1,90}", "syslog", "host")]
    [InlineData("Pattern", "is for log lines", null, "a", "syslog", "host")]
    [InlineData("Source", "of which integration", "failed", null, "segware", "host")]
    [InlineData("GroupBy", "which labels", "failed", null, "syslog", "account,cuc,code")]
    public void Are_said_by_a_rule_that_can_be_read(string field, string fault, string? search, string? pattern, string source, string groupBy)
    {
        var found = Assert.Single(new RuleOptions { Name = "a", Lines = search, Pattern = pattern, Source = source, GroupBy = groupBy }
            .Validate(new(new object())));
        Assert.Equal(field, Assert.Single(found.MemberNames));
        Assert.Contains(fault, found.ErrorMessage);
        Assert.NotEqual(ValidationResult.Success, found);
    }

    [Fact]
    public void Are_stored_once_for_all_rules_with_the_same_filter_and_not_for_others()
    {
        Rule one = new(Written("one", "failed")), other = new(Written("other", "failed ")), another = new(Written("three", "ok"));
        RuleSet rules = new(Options.Create(new EvaluatorOptions { Rules = [one.Options, other.Options, another.Options] }));

        var matched = MatchedLines.Of(Batch("login failed", "ok", "nothing"), Noon.AddHours(1), rules, NullLogger.Instance);

        Assert.Equal(one.EventSource, other.EventSource);
        Assert.NotEqual(one.EventSource, another.EventSource);
        Assert.Equal([(one.EventSource, 2), (another.EventSource, 1)], matched.Batches.Select(batch => (batch.Lines.Source, batch.Keys.Keys.Count)));
        Assert.Equal([$"{Guid.Empty:N}/0"], matched.Batches[0].Lines.Events.Select(e => e.EventId));
        Assert.NotEqual(one.TriggerId(Key), new Rule(Written("one", "denied")).TriggerId(Key)); // what was counted before counts no more
    }

    [Fact]
    public void Are_no_later_than_they_came_and_those_without_a_possible_time_then()
    {
        RuleSet rules = new(Options.Create(new EvaluatorOptions { Rules = [Written("one", "*")] }));
        var batch = Batch("a", "b", "c");
        batch = batch with
        {
            Lines = [batch.Lines[0], batch.Lines[1] with { At = Noon.AddDays(1) }, batch.Lines[2] with { At = DateTimeOffset.UnixEpoch }],
        };

        Assert.Equal([Noon, Noon.AddMinutes(1), Noon.AddMinutes(1)],
            MatchedLines.Of(batch, Noon.AddMinutes(1), rules, NullLogger.Instance).Batches.Single().Lines.Events.Select(e => e.OccurredAt));
    }

    [Fact]
    public void Leave_alone_what_other_rules_have_counted_by_before()
    {
        Rule rule = new(new RuleOptions { Name = "excess-of-events" });

        Assert.Equal("segware", rule.EventSource);
        Assert.Equal("segware", rule.CoveredAs);
        Assert.DoesNotContain("ines", rule.Definition);
    }

    static readonly Dictionary<string, string> Key = new() { ["host"] = "web-1" };

    static IReadOnlyDictionary<string, string>? Match(LineFilter filter, string text) => filter.Match(filter.Matcher(), Line(text), "syslog");

    static LogLine Line(string text) => new()
    {
        At = Noon, Text = text, Level = "medium", Labels = new Dictionary<string, string> { ["host"] = "web-1" },
    };

    static LogBatch Batch(params string[] texts) => new() { BatchId = Guid.Empty, Source = "syslog", Lines = [.. texts.Select(Line)] };

    static RuleOptions Written(string name, string search) => new() { Name = name, Source = "syslog", Lines = search, GroupBy = "host" };
}
