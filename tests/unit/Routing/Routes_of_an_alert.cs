using Sigma.Hosting.Time;
using Sigma.Notifier.Routing;

namespace Sigma.UnitTests.Routing;

public sealed class Routes_of_an_alert
{
    [Fact]
    public void Without_any_it_goes_to_the_first_receiver()
    {
        RouteBook book = new("first", [], TimeZoneInfo.Utc);

        Assert.True(book.IsEmpty);
        Assert.Equal(["first by "], Paths(book));
    }

    [Fact]
    public void It_goes_by_the_first_that_fits_and_by_its_first_child_that_does()
    {
        RouteBook book = new("first",
        [
            Route("panels", ["source=segware"], "operators"),
            Route("fire", ["code=~E11."], parent: "panels", receiver: "brigade"),
            Route("night", ["severity=critical"], parent: "panels"),
            Route("rest", [], "board"),
        ], TimeZoneInfo.Utc);

        Assert.Equal(["operators by panels"], Paths(book));
        Assert.Equal(["brigade by panels > fire"], Paths(book, ("code", "E110"), ("severity", "critical")));
        Assert.Equal(["operators by panels > night"], Paths(book, ("severity", "critical")));
        Assert.Equal(["board by rest"], Paths(book, ("source", "probes")));
        Assert.Equal(["first", "board", "brigade", "operators"], book.Receivers.Order().OrderByDescending(name => name == "first"));
    }

    [Fact]
    public void Those_that_continue_are_not_the_last()
    {
        RouteBook book = new("first",
        [
            Route("log", [], "board", goesOn: true), Route("critical", ["severity=critical"], "pager", goesOn: true), Route("all", [], "operators"),
        ], TimeZoneInfo.Utc);

        Assert.Equal(["board by log", "operators by all"], Paths(book));
        Assert.Equal(["board by log", "pager by critical", "operators by all"], Paths(book, ("severity", "critical")));
    }

    [Fact]
    public void A_child_has_the_hours_of_its_parent_unless_it_has_its_own()
    {
        RouteBook book = new("first",
        [
            Route("office", [], "a", hours: "mon-fri 08:00-18:00"), Route("same", ["code=1"], parent: "office"),
            Route("always", ["code=2"], parent: "office", hours: "00:00-24:00"),
        ], TimeZoneInfo.Utc);
        var sunday = new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

        Assert.Null(Hours("1").EndOf(sunday));
        Assert.NotNull(Hours("2").EndOf(sunday));

        HourSet Hours(string code) => book.Of(Facts.Of(("code", code))).Single().Hours!;
    }

    /// <summary>
    /// What the tree means, said in another way: a route is an alert's when all above it fit and nothing before any of them ended the search.
    /// </summary>
    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Are_those_that_an_oracle_finds_in_any_tree(int seed)
    {
        Random random = new(seed);
        for (var round = 0; round < 500; round++)
        {
            List<AlertRouteOptions> routes = [];
            var number = random.Next(1, 9);
            for (var i = 0; i < number; i++)
                routes.Add(Route($"r{i}", [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => RandomMatcher(random))],
                    random.Next(3) > 0 ? $"to{random.Next(4)}" : "", random.Next(3) == 0,
                    i > 0 && random.Next(2) == 0 ? $"r{random.Next(i)}" : ""));
            RouteBook book = new("first", routes, TimeZoneInfo.Utc);
            for (var alert = 0; alert < 8; alert++)
            {
                var facts = Facts.Of(("a", $"{random.Next(3)}"), ("b", $"{random.Next(3)}"));
                var found = book.Of(facts).Select(route => $"{route.Receiver} {route.Name}").ToList();
                Assert.Equal(Oracle(routes, facts), found);
            }
        }
    }

    static List<string> Oracle(List<AlertRouteOptions> routes, AlertFacts facts)
    {
        bool Fits(AlertRouteOptions route) => route.Matchers.All(text => Fit(text, facts));
        AlertRouteOptions? Parent(AlertRouteOptions route) => routes.Find(r => r.Name == route.Parent);
        string Receiver(AlertRouteOptions? route) => route is null ? "first" : route.Receiver.Length > 0 ? route.Receiver : Receiver(Parent(route));
        bool Reached(AlertRouteOptions route) => Fits(route) && (Parent(route) is not { } parent || Reached(parent))
            && !routes.TakeWhile(r => r != route).Any(before => before.Parent == route.Parent && Fits(before) && !before.Continue);
        var ends = routes.Where(route => Reached(route) && !routes.Exists(child => child.Parent == route.Name && Fits(child))).ToList();
        if (ends.Count == 0)
            return ["first "];
        return [.. ends.OrderBy(route => Place(route), Comparer<int[]>.Create((x, y) =>
            x.Zip(y).Select(pair => pair.First.CompareTo(pair.Second)).FirstOrDefault(order => order != 0)))
            .Select(route => $"{Receiver(route)} {route.Name}")];

        int[] Place(AlertRouteOptions route) => Parent(route) is { } parent ? [.. Place(parent), routes.IndexOf(route)] : [routes.IndexOf(route)];
    }

    static bool Fit(string text, AlertFacts facts)
    {
        var value = facts.Labels[text[..1]];
        return text[1..] switch
        {
            ['=', '~', '[', .. var set, ']'] => set.Contains(value),
            ['!', '=', .. var other] => value != other,
            var same => value == same[1..],
        };
    }

    static string RandomMatcher(Random random) => (random.Next(2) == 0 ? "a" : "b") + random.Next(3) switch
    {
        0 => $"={random.Next(3)}",
        1 => $"!={random.Next(3)}",
        _ => $"=~[{random.Next(3)}{random.Next(3)}]",
    };

    static IEnumerable<string> Paths(RouteBook book, params (string, string)[] alert) =>
        book.Of(Facts.Of(alert)).Select(route => $"{route.Receiver} by {route.Path}");

    static AlertRouteOptions Route(string name, string[] matchers, string receiver = "", bool goesOn = false, string parent = "",
        string? hours = null) => new()
    {
        Name = name, Matchers = matchers, Receiver = receiver, Continue = goesOn, Parent = parent, Hours = hours is null ? [] : [hours],
    };
}
