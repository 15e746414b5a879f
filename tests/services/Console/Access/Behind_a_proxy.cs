using Sigma.OperatorConsole.Access.SignIn;

namespace Sigma.ServiceTests.Console.Access;

public sealed class Behind_a_proxy
{
    const int Tries = 30;

    static readonly (string, string) Https = ("X-Forwarded-Proto", "https");

    [Fact]
    public async Task That_is_ours_cookies_are_kept_to_https_and_each_address_has_tries_of_its_own()
    {
        await using var session = await AccessSession.Start(("Console:Proxies", "10.9.0.0/16, 127.0.0.1"));
        using var browser = session.Browse();
        var page = await browser.Get("/sign-in", Https);
        Assert.All(page.Cookies, cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.NotNull(page.Header("Strict-Transport-Security"));

        Assert.InRange(await Allowed(session, _ => "192.0.2.7"), SignInRate.OfAddress, Tries - 1);
        Assert.Equal(401, await Try(session, "192.0.2.8", "somebody"));
        // From proxy to proxy: the last that is none of ours is who asks, whatever they say stood before them.
        Assert.InRange(await Allowed(session, _ => "192.0.2.9, 192.0.2.7, 10.9.1.1"), 0, SignInRate.OfAddress - 1);
    }

    [Fact]
    public async Task That_is_not_ours_nothing_is_believed()
    {
        await using var session = await AccessSession.Start(("Console:Proxies", "10.9.0.0/16"));
        using var browser = session.Browse();
        var page = await browser.Get("/sign-in", Https);
        Assert.All(page.Cookies, cookie => Assert.DoesNotContain("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Null(page.Header("Strict-Transport-Security"));

        Assert.InRange(await Allowed(session, number => $"192.0.2.{number}"), SignInRate.OfAddress, Tries - 1);
    }

    [Theory]
    [InlineData("10.0.0.0/33"), InlineData("proxy.example.org"), InlineData("10.0.0.1,,nonsense")]
    public async Task That_cannot_be_read_the_console_says_so_and_does_not_start(string proxies)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => AccessSession.Start(("Console:Proxies", proxies)));
        Assert.Contains("Console__Proxies has", refused.Message, StringComparison.Ordinal);
    }

    // How many passwords are looked at of those that are tried at once.
    static async Task<int> Allowed(AccessSession session, Func<int, string> from)
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, Tries).Select(number => Try(session, from(number), $"nobody{number}")));
        Assert.All(statuses, status => Assert.Contains(status, (int[])[401, 429]));
        return statuses.Count(status => status == 401);
    }

    static async Task<int> Try(AccessSession session, string from, string name)
    {
        using var browser = session.Browse();
        var shown = await browser.Get("/sign-in");
        return (await browser.Post("/sign-in", [.. Browser.Hidden(shown.Body, "sign-in"), ("Form.Name", name), ("Form.Password", "wrong, wrong")],
            ("X-Forwarded-For", from))).Status;
    }
}
