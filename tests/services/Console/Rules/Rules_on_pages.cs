using System.Net;
using System.Text.Json.Nodes;

namespace Sigma.ServiceTests.Console.Rules;

public sealed class Rules_on_pages
{
    const string Forged = "<script>alert('5')</script>/?&=\"";

    [Fact]
    public async Task The_list_shows_each_rule_in_the_language_of_the_browser()
    {
        await using var session = await RulesSession.Start(("Console:SignInOnLoopback", "true"));
        await Put(session, Forged);
        await session.Insert("excess-of-events", Sigma.ServiceTests.Evaluator.EvaluatorSession.Noon.AddDays(-1));

        var (status, page) = await session.Page("rules", "pt-BR");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("<h1>Regras</h1>", page);
        Assert.Contains("excess-of-events", page);
        Assert.Contains("das configurações", WebUtility.HtmlDecode(page));
        Assert.Contains("reported:*", page);
        Assert.Contains("da casa", page);
        Assert.DoesNotContain("<script>alert", page);
        Assert.Contains("&lt;script&gt;alert", page);
        Assert.DoesNotContain("rules/edit?kind", page); // an operator makes none

        var english = (await session.Page("rules?q=excess", "en")).Page;
        Assert.Contains("<h1>Rules</h1>", english);
        Assert.Contains("1 of 4", english);
        Assert.DoesNotContain("alert(", english);
        Assert.Contains("No rule fits", (await session.Page("rules?kind=threshold", "en")).Page);
    }

    [Fact]
    public async Task A_rule_is_shown_with_its_revisions_and_what_differs()
    {
        await using var session = await RulesSession.Start(("Console:SignInOnLoopback", "true"));
        await Put(session, Forged);
        await Put(session, Forged, 6);
        var address = $"rules/rule?name={Uri.EscapeDataString(Forged)}";

        var (status, page) = await session.Page($"{address}&from=1", "en");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("<script>alert", page);
        Assert.Contains("Differences between revision 1 and now", page);
        Assert.Contains("because of <b>", WebUtility.HtmlDecode(page));
        Assert.DoesNotContain("because of <b>", page);
        Assert.DoesNotContain("rules/edit", page);
        Assert.DoesNotContain("_handler\" value=\"remove", page);
        foreach (var cut in (string[])["&from=", "&from=abc", "&from=1&to=", "&from=99", "&from=1&to=99", "&revision=x",
            "&from=99999999999999999999"])
            Assert.Equal((cut, HttpStatusCode.OK), (cut, (await session.Page(address + cut, "en")).Status));
        Assert.Contains("how it was by revision 1", (await session.Page($"{address}&revision=1", "en")).Page);
        Assert.Contains("in the settings", (await session.Page("rules/rule?name=excess-of-events", "en")).Page);
        Assert.Contains("in the settings", (await session.Page("rules/excess-of-events", "en")).Page);
        Assert.Equal(HttpStatusCode.NotFound, (await session.Page("rules/rule?name=none", "en")).Status);
    }

    [Fact]
    public async Task Without_an_evaluator_the_page_says_so_and_is_there()
    {
        await using var session = await RulesSession.Start(("Console:SignInOnLoopback", "true"), ("Console:Evaluator", "http://127.0.0.1:9"));
        foreach (var path in (string[])["rules", "rules/rule?name=excess-of-events"])
        {
            var (status, page) = await session.Page(path, "pt-BR");
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains("O avaliador não responde", WebUtility.HtmlDecode(page));
        }
    }

    static Task Put(RulesSession session, string name, int threshold = 5) => session.Book.Put(name,
        new JsonObject { ["Name"] = name, ["Threshold"] = threshold }, null, "because of <b>", RulesSession.Engineer, default);
}
