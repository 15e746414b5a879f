using System.Diagnostics;
using Sigma.Archive.Logs;
using Sigma.Hosting.Lines;

namespace Sigma.UnitTests.Archive.Logs;

public sealed class Queries_people_type
{
    [Fact]
    public void Words_phrases_beginnings_and_what_is_left_out()
    {
        var query = LogQueryParser.Parse("""Timeout "connection refused" conn* -debug -"no route"* user_id "a \"b\" \\ c" Conexão""");
        Assert.Equal(
            ["timeout", "connection refused", "conn*", "-debug", "-no route*", "user id", "a b c", "conexao"],
            query.Texts.Select(term => $"{(term.IsExcluded ? "-" : "")}{string.Join(' ', term.Words)}{(term.IsPrefix ? "*" : "")}"));
        Assert.Equal(LineLevels.Any, query.Levels);
    }

    [Fact]
    public void Labels_and_levels()
    {
        var query = LogQueryParser.Parse("""App=web host!="a b" -k8s.pod=x app=~"a|b" -app!~c empty="" level>=medium level=high,critical""");
        Assert.Equal(["app=web", "host!=a b", "k8s.pod!=x", "app=~a|b", "app=~c", "empty="], query.Labels.Select(term =>
            $"{term.Name}{(term.IsNegated ? "!" : "")}={(term.Pattern is null ? "" : "~")}{term.Value}".Replace("!=~", "!~")));
        Assert.Equal(LineLevel.High.Bit() | LineLevel.Critical.Bit(), query.Levels);
    }

    [Theory]
    [InlineData("level=none", new[] { "none" })]
    [InlineData("level!=none", new[] { "info", "medium", "high", "critical" })]
    [InlineData("level<high", new[] { "none", "info", "medium" })]
    [InlineData("level<=info", new[] { "none", "info" })]
    [InlineData("level>high", new[] { "critical" })]
    [InlineData("-level>=high", new[] { "none", "info", "medium" })]
    [InlineData("level=Info,HIGH", new[] { "info", "high" })]
    public void Levels_are_those(string query, string[] levels) =>
        Assert.Equal(levels, LineLevels.All.Where((_, level) => (LogQueryParser.Parse(query).Levels & 1 << level) != 0));

    [Theory]
    [InlineData("a \"b c", "at 3: the quote is not closed")]
    [InlineData("a - b", "at 3: a minus sign stands right before what is left out; write \"-\" words between quotes")]
    [InlineData("fo\"o\"", "at 3: a quote stands at the beginning of a word or a value")]
    [InlineData("f*o", "at 2: a star stands only at the end of a word")]
    [InlineData("foo-*", "at 5: a star stands right after a letter or a digit")]
    [InlineData("*", "at 1: there is no letter and no digit in *")]
    [InlineData("ab ...", "at 4: there is no letter and no digit in ...")]
    [InlineData("\"--\"", "at 1: there is no letter and no digit between the quotes")]
    [InlineData("app= x", "at 5: the value of app is missing; write app=\"\" where it is empty")]
    [InlineData("app=\"x\"y", "at 8: after the closing quote there is a space")]
    [InlineData("level=loud", "at 7: a level is none, info, medium, high, critical, not loud")]
    [InlineData("level>=info,high", "at 8: level>= takes one level; several are written level=info,high")]
    [InlineData("app=~a(", "at 8: the pattern a( cannot be read: InsufficientClosingParentheses")]
    [InlineData("app=~a)|(b", "at 8: the pattern a)|(b cannot be read: InsufficientOpeningParentheses")]
    [InlineData("app=~(a)\\1", "at 6: the pattern (a)\\1 cannot be read: it has what needs going back, such as \\1 or (?=…)")]
    [InlineData("app=~((a{90}){90}){90}", "at 6: the repeats of a pattern are at most 100 together")]
    public void What_cannot_be_read_is_told_with_its_place(string query, string fault) =>
        Assert.Equal(fault, Assert.Throws<LogQueryException>(() => LogQueryParser.Parse(query)).Message);

    [Fact]
    public void A_query_is_not_endless()
    {
        Assert.StartsWith("at 1001:", Assert.Throws<LogQueryException>(() => LogQueryParser.Parse(new string('a', 1001))).Message);
        Assert.StartsWith("at 65: a query has at most 32 parts",
            Assert.Throws<LogQueryException>(() => LogQueryParser.Parse(string.Join(' ', Enumerable.Repeat("a", 33)))).Message);
    }

    [Fact]
    public void No_pattern_takes_long()
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var pattern in (string[])["(a+)+$", "(a|aa)+b", "(.*a){20}", "(a?){50}a{2}", ".*.*.*.*.*b", @"(\w+\s?)*!"])
            LogQueryParser.Parse($"app=~\"{pattern.Replace("\\", "\\\\")}\"").Labels[0].Accepts(new string('a', 20_000));
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Whatever_is_typed_is_read_or_refused()
    {
        Random random = new(7);
        const string Signs = "ab\"*-=!~<>\\ :level{}()[]|'%;é\0\uD83D\uDE00/@._,";
        for (var round = 0; round < 20_000; round++)
            try
            {
                LogQueryParser.Parse(new string([.. Enumerable.Range(0, random.Next(30)).Select(_ => Signs[random.Next(Signs.Length)])]));
            }
            catch (LogQueryException e)
            {
                Assert.InRange(e.Position, 1, 31);
            }
    }
}
