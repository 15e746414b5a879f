using Sigma.Fetcher.Events;

namespace Sigma.UnitTests.Fetcher;

public sealed class Ids_of_the_source
{
    readonly KnownIds _known = new();

    [Fact]
    public void Are_remembered_with_what_they_were_given_to_and_name_nothing_when_something_else_comes_with_them()
    {
        HashSet<string> shared = [];
        _known.Add(new() { ["1"] = 10, ["2"] = 20 }, shared);
        _known.Add(new() { ["1"] = 10, ["2"] = 21 }, shared);

        Assert.Equal(["2"], shared);
        Assert.Equal(10, _known.ContentOf("1"));
    }

    [Fact]
    public void Are_forgotten_when_very_many_came_after_them()
    {
        _known.Add(new() { ["first"] = 1 }, []);
        _known.Add(Enumerable.Range(0, 60_000).ToDictionary(id => $"{id}", _ => 1L), []);

        Assert.Null(_known.ContentOf("first"));
        Assert.Equal(1, _known.ContentOf("59999"));
        HashSet<string> shared = [];
        _known.Add(new() { ["first"] = 2 }, shared);
        Assert.Empty(shared);
    }
}
