using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Routes;
using Sigma.OperatorConsole.Services;

namespace Sigma.UnitTests.Console.Routes;

public sealed class Tree_of_routes
{
    [Fact]
    public void Has_what_people_made_before_the_settings_and_children_below_their_parents()
    {
        var tree = RouteTree.Of(Policy());

        Assert.Equal([("mine", false), ("night", true)], tree.Roots.Select(node => (node.Route.Name, node.IsProvisioned)));
        Assert.Equal(["siren"], tree.Roots[1].Children.Select(node => node.Route.Name));
        Assert.Equal(["night", "siren"], tree.OfPath("night > siren").Select(node => node.Route.Name));
        Assert.Empty(tree.OfPath(""));
        Assert.Empty(tree.OfPath("gone"));
        Assert.Equal(TimeSpan.FromMinutes(10), tree.Escalations.Single().Value.Steps.Single().After);
    }

    [Fact]
    public void Leaves_out_what_people_made_while_it_is_not_in_force() =>
        Assert.Equal(["night"], RouteTree.Of(Policy() with { Faults = ["it does not fit"] }).Roots.Select(node => node.Route.Name));

    [Fact]
    public void Is_empty_rather_than_broken_where_a_newer_notifier_says_it_in_another_way() =>
        Assert.Empty(RouteTree.Of(new() { Made = Json("""{ "Routes": "none" }"""), Settings = Json("{}") }).Roots);

    static RoutePolicy Policy() => new()
    {
        Made = Json("""{ "Routes": [ { "Name": "mine", "Matchers": ["code=E130"], "Receiver": "default" } ] }"""),
        Settings = Json("""
            { "Routes": [ { "Name": "night", "Hours": ["22:00-06:00"] }, { "Name": "siren", "Parent": "night", "Continue": true } ],
              "Escalations": [ { "Name": "chief", "Steps": [ { "After": "00:10:00", "Receiver": "chief" } ], "Repeat": 1 } ] }
            """),
    };

    static JsonObject Json(string text) => JsonNode.Parse(text)!.AsObject();
}
