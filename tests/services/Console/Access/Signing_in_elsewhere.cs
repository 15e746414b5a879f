using Sigma.OperatorConsole.Access;

namespace Sigma.ServiceTests.Console.Access;

/// <summary>Users whom another server knows.</summary>
public sealed class Signing_in_elsewhere
{
    [Fact]
    public async Task The_role_and_the_limits_are_those_of_the_claims_at_each_sign_in()
    {
        await using var server = await OpenIdServer.Start();
        await using var session = await AccessSession.Start(server.Settings);
        using var browser = session.Browse();
        Assert.Contains("href=\"/sign-in/openid?return=%2Faccount\"", (await browser.Get("/sign-in?return=%2Faccount")).Body);

        Says(server, "1", "Eva", "noc");
        Assert.Equal("302 /account", await SignIn(browser, "/account"));
        var me = (await browser.Get("/api/v1/me")).Json;
        Assert.Equal(("eva", "Operator"), (me.GetProperty("name").GetString(), me.GetProperty("role").GetString()));
        Assert.Equal(200, (await browser.Get("/account")).Status);

        // The name is another, the server's id of her the same; with other rights her older session is over.
        Says(server, "1", "Eva Maria", "boss", "company=Vigília Sul");
        using var later = session.Browse();
        Assert.Equal("302 /", await SignIn(later));
        me = (await later.Get("/api/v1/me")).Json;
        Assert.Equal(("eva", "Administrator", "Vigília Sul"), (me.GetProperty("name").GetString(), me.GetProperty("role").GetString(),
            me.GetProperty("limits").GetProperty("company")[0].GetString()));
        Assert.Equal(302, (await browser.Get("/account")).Status);
    }

    [Fact]
    public async Task Nobody_gets_in_without_a_role_by_anothers_name_or_once_disabled()
    {
        await using var server = await OpenIdServer.Start();
        await using var session = await AccessSession.Start(server.Settings);
        using var browser = session.Browse();

        Says(server, "1", "eva", "somebody");
        Assert.Equal("302 /sign-in?openid=NoRole", await SignIn(browser));
        Says(server, "1", "Admin", "boss");
        Assert.Equal("302 /sign-in?openid=NameTaken", await SignIn(browser));
        Says(server, "1", "eva", "boss", "nonsense");
        Assert.Equal("302 /sign-in?openid=Limits", await SignIn(browser));
        Says(server, "1", "", "boss");
        Assert.Equal("302 /sign-in?openid=NoName", await SignIn(browser));
        Assert.Null(browser.Session);
        Assert.Contains("Your account has no role", (await browser.Get("/sign-in?openid=NoRole")).Body);

        Says(server, "1", "eva", "noc");
        Assert.Equal("302 /", await SignIn(browser));
        var eva = (await session.Users.List(AccessSession.System, default)).Single(user => user.Name == "eva");
        Assert.True(eva.SignsInElsewhere);
        var refused = await Assert.ThrowsAsync<AccessRefusedException>(() =>
            session.Users.Change(eva.UserId, Role.Administrator, LabelLimits.None, false, AccessSession.System, default));
        Assert.Equal(AccessProblem.SignsInElsewhere, refused.Problem);
        await session.Users.Change(eva.UserId, Role.Operator, LabelLimits.None, true, AccessSession.System, default);
        Assert.Equal(302, (await browser.Get("/account")).Status);
        Assert.Equal("302 /sign-in?openid=Disabled", await SignIn(browser));

        // She has no password here, whatever is tried.
        Assert.Equal(401, (await browser.SignIn("eva", "")).Status);
    }

    [Fact]
    public async Task An_answer_that_was_not_asked_for_is_refused()
    {
        await using var server = await OpenIdServer.Start();
        await using var session = await AccessSession.Start(server.Settings);
        Says(server, "1", "eva", "noc");
        using var attacker = session.Browse();
        var callback = await ToCallback(attacker);
        using var victim = session.Browse();
        Assert.Equal("/sign-in?openid=Failed", (await victim.Get(callback)).Location);
        Assert.Null(victim.Session);
        Assert.Equal("/sign-in?openid=Failed", (await victim.Get("/sign-in/openid/callback?code=x&state=y")).Location);
        foreach (var back in (string[])["//evil.example", "https://evil.example"])
            Assert.Equal("302 /", await SignIn(attacker, back));
    }

    static void Says(OpenIdServer server, string subject, string name, string role, string? limits = null)
    {
        server.Claims = new()
        {
            ["sub"] = subject, ["preferred_username"] = name, ["realm_access"] = new Dictionary<string, object> { ["roles"] = (string[])["x", role] },
        };
        if (limits is not null)
            server.Claims["limits"] = limits;
    }

    static async Task<string> SignIn(Browser browser, string back = "/")
    {
        var answer = await browser.Get(await ToCallback(browser, back));
        return $"{answer.Status} {answer.Location}";
    }

    static async Task<string> ToCallback(Browser browser, string back = "/")
    {
        var challenge = await browser.Get($"/sign-in/openid?return={Uri.EscapeDataString(back)}");
        Assert.Equal(302, challenge.Status);
        using HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await http.GetAsync(challenge.Location);
        return answer.Headers.Location!.PathAndQuery;
    }
}
