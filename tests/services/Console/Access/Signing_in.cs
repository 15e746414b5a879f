using System.Net;
using System.Text.RegularExpressions;
using Sigma.OperatorConsole.Access;

namespace Sigma.ServiceTests.Console.Access;

/// <summary>Who gets in by name and password, and who does not.</summary>
public sealed partial class Signing_in
{
    [Fact]
    public async Task Who_has_the_password_gets_in_and_the_cookie_is_for_the_server_alone()
    {
        await using var session = await AccessSession.Start();
        using var browser = session.Browse();
        var answer = await browser.SignIn(" Admin ", AccessSession.Password);

        Assert.Equal((302, "/"), (answer.Status, answer.Location));
        var cookie = answer.Cookies.Single(cookie => cookie.StartsWith("sigma.console=", StringComparison.Ordinal)).ToLowerInvariant();
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.DoesNotContain("expires=", cookie);
        Assert.Equal("admin", (await browser.Get("/api/v1/me")).Json.GetProperty("name").GetString());
        Assert.Equal("Administrator", (await browser.Get("/api/v1/me")).Json.GetProperty("role").GetString());
    }

    [Fact]
    public async Task A_demonstration_makes_up_no_administrator()
    {
        await using var session = await AccessSession.Start(("Console:SignInOnLoopback", "true"), ("Console:AdministratorPassword", ""));
        Assert.Empty(await session.Users.List(AccessSession.System, default));
        Assert.Equal("", session.Output.ToString());
        await using var usual = await AccessSession.Start(("Console:AdministratorPassword", ""));
        Assert.Contains("the password for the first sign-in is", usual.Output.ToString());
    }

    [Theory]
    [InlineData(null, ">Português<"), InlineData("", ">Português<"), InlineData("*", ">Português<"), InlineData("de-DE", ">Português<"),
        InlineData("en-GB, pt;q=0.5", ">English<")]
    public async Task The_page_says_its_language_by_its_own_name_also_when_the_browser_asks_for_none(string? language, string says)
    {
        await using var session = await AccessSession.Start();
        using HttpClient browser = new() { BaseAddress = session.Url };
        if (language is not null)
            browser.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", language);
        var menu = await browser.GetStringAsync("/sign-in");
        menu = WebUtility.HtmlDecode(menu[menu.IndexOf("<summary", StringComparison.Ordinal)..menu.IndexOf("</summary>", StringComparison.Ordinal)]);
        Assert.Contains(says, menu);
    }

    [Fact]
    public void Numbers_are_written_as_the_language_has_them_though_services_know_no_countries()
    {
        Microsoft.AspNetCore.Builder.RequestLocalizationOptions options = new();
        Sigma.OperatorConsole.Pages.Preferences.Languages.Set(options);
        Assert.Equal(["1.234,5", "1,234.5"], options.SupportedCultures!.Select(culture => 1234.5.ToString("N1", culture)));
        Assert.Equal("pt-BR", options.DefaultRequestCulture.Culture.Name);
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_are_answered_alike()
    {
        await using var session = await AccessSession.Start();
        await session.Add("eva", Role.Viewer);
        var eva = await session.Users.List(AccessSession.System, default);
        await session.Users.Change(eva.Single(user => user.Name == "eva").UserId, Role.Viewer, LabelLimits.None, true, AccessSession.System, default);
        using var browser = session.Browse();

        var wrong = await browser.SignIn("admin", "not the password");
        var unknown = await browser.SignIn("nobody", "not the password");
        var disabled = await browser.SignIn("eva", AccessSession.Password);

        Assert.Equal((401, 401, 401), (wrong.Status, unknown.Status, disabled.Status));
        Assert.Equal(WithoutWhatDiffers(wrong.Body), WithoutWhatDiffers(unknown.Body));
        Assert.Equal(WithoutWhatDiffers(wrong.Body), WithoutWhatDiffers(disabled.Body));
        Assert.DoesNotContain("not the password", wrong.Body);
        Assert.Null(browser.Session);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var session = await AccessSession.Start();
        using var browser = session.Browse();
        await browser.Get("/sign-in");
        (string, string)[] fields = [("_handler", "sign-in"), ("Form.Name", "admin"), ("Form.Password", AccessSession.Password)];

        Assert.Equal(400, (await browser.Post("/sign-in", fields)).Status);
        using var other = session.Browse();
        var stolen = Browser.Hidden((await other.Get("/sign-in")).Body, "sign-in");
        Assert.Equal(400, (await browser.Post("/sign-in", [.. stolen, .. fields[1..]])).Status);
        Assert.Null(browser.Session);

        using var signedIn = await session.Browse("admin");
        Assert.Equal(400, (await signedIn.Post("/sign-out", [])).Status);
        Assert.Equal(400, (await signedIn.Post("/administration",
            [("_handler", "add-user"), ("Form.Name", "mallory"), ("Form.Role", "Administrator")])).Status);
        Assert.Equal(200, (await signedIn.Get("/account")).Status);
        Assert.DoesNotContain(await session.Users.List(AccessSession.System, default), user => user.Name == "mallory");
    }

    [Fact]
    public async Task Another_site_signs_nobody_in_even_with_a_token()
    {
        await using var session = await AccessSession.Start();
        using var browser = session.Browse();
        List<(string, string)> fields = [.. Browser.Hidden((await browser.Get("/sign-in")).Body, "sign-in"),
            ("Form.Name", "admin"), ("Form.Password", AccessSession.Password)];

        foreach (var header in ((string, string)[])[("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site")])
            Assert.Equal(403, (await browser.Post("/sign-in", fields, header)).Status);
        Assert.Equal(302, (await browser.Post("/sign-in", fields, ("Origin", session.Url.GetLeftPart(UriPartial.Authority)))).Status);
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_name_and_the_right_one_opens_it_later()
    {
        await using var session = await AccessSession.Start();
        using var browser = session.Browse();
        for (var tries = 0; tries < 5; tries++)
            Assert.Equal(401, (await browser.SignIn("admin", "not the password")).Status);

        Assert.Equal(401, (await browser.SignIn("admin", AccessSession.Password)).Status);
        session.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(302, (await browser.SignIn("admin", AccessSession.Password)).Status);
        Assert.Equal(0, (await session.Query<int>("select failed_sign_ins from console_users")).Single());
    }

    [Fact]
    public async Task Too_many_tries_are_not_looked_at_whether_or_not_there_is_the_user()
    {
        await using var session = await AccessSession.Start();
        using var browser = session.Browse();
        var page = await browser.Get("/sign-in");
        List<int> statuses = [];
        for (var tries = 0; tries < 12; tries++)
            statuses.Add((await browser.Post("/sign-in", [.. Browser.Hidden(page.Body, "sign-in"), ("Form.Name", "nobody"),
                ("Form.Password", "x")])).Status);

        Assert.Equal([401, 429], statuses.Distinct());
        Assert.True(statuses.Count(status => status == 401) is >= 10 and <= 11);
    }

    [Theory]
    [InlineData("https://evil.example/"), InlineData("//evil.example"), InlineData("/\\evil.example"), InlineData("/\t/evil.example"),
        InlineData("javascript:alert(1)"), InlineData("/sign-out"), InlineData("/sign-in?return=/"), InlineData("/api/v1/me"), InlineData("evil")]
    public async Task Nobody_is_sent_elsewhere_after_signing_in(string back)
    {
        await using var session = await AccessSession.Start();
        using var browser = session.Browse();
        var answer = await browser.SignIn("admin", AccessSession.Password, $"/sign-in?return={Uri.EscapeDataString(back)}");
        Assert.Equal((302, "/"), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task Whoever_was_sent_to_sign_in_comes_back_to_the_page()
    {
        await using var session = await AccessSession.Start();
        using var browser = session.Browse();
        var sent = await browser.Get("/account?from=a%20mail&x=1");
        Assert.Equal((302, "/sign-in?return=%2Faccount%3Ffrom%3Da%2520mail%26x%3D1"), (sent.Status, sent.Location));
        var answer = await browser.SignIn("admin", AccessSession.Password, sent.Location!);
        Assert.Equal((302, "/account?from=a%20mail&x=1"), (answer.Status, answer.Location));
    }

    [Fact]
    public async Task A_cookie_that_somebody_brought_along_is_not_the_session_that_begins()
    {
        await using var session = await AccessSession.Start();
        await session.Add("eva", Role.Viewer);
        using var browser = await session.Browse("eva");
        var planted = browser.Session;
        await browser.SignIn("admin", AccessSession.Password);
        Assert.NotEqual(planted, browser.Session);

        using var victim = session.Browse();
        victim.Cookies.Add(session.Url, new Cookie("sigma.console", "made-up"));
        await victim.SignIn("admin", AccessSession.Password);
        Assert.NotEqual("made-up", victim.Session);
        using var attacker = session.Browse();
        attacker.Cookies.Add(session.Url, new Cookie("sigma.console", "made-up"));
        Assert.Equal(302, (await attacker.Get("/account")).Status);
    }

    [Fact]
    public async Task The_first_administrator_is_printed_once_and_must_change_the_password()
    {
        await using var session = await AccessSession.Start(("Console:AdministratorPassword", ""), ("Console:AdministratorName", "Chefe"));
        var line = session.Output.ToString();
        Assert.StartsWith("The console's first administrator is chefe, the password for the first sign-in is ", line);
        var password = line.Trim().Split(' ')[^1];
        using var browser = session.Browse();
        Assert.Equal(302, (await browser.SignIn("chefe", password)).Status);

        foreach (var page in (string[])["/", "/administration", "/history"])
            Assert.Equal((302, "/account"), ((await browser.Get(page)) is { } answer ? (answer.Status, answer.Location!) : default));
        Assert.Equal(403, (await browser.Get("/api/v1/me")).Status);
        async Task<PageAnswer> Change(string wanted, string? again = null) => await browser.Submit("/account", "change-password",
            ("Form.Present", password), ("Form.Wanted", wanted), ("Form.Again", again ?? wanted));
        foreach (var bad in (string[])["short", "chefechefechefe", "aaaaaaaaaaaaaaaa", "123456789012345", password])
            Assert.Equal(200, (await Change(bad)).Status);
        Assert.Equal(200, (await Change(AccessSession.Password, "something else")).Status);
        Assert.Equal((302, "/account?changed=true"), (await Change(AccessSession.Password)) is { } done ? (done.Status, done.Location!) : default);
        Assert.Equal(200, (await browser.Get("/administration")).Status);

        await using var again = await session.StartAnother(("Console:AdministratorPassword", ""));
        Assert.Equal("", again.Output.ToString());
    }

    [Fact]
    public async Task A_password_of_the_settings_that_is_too_simple_ends_the_start()
    {
        var refused = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            AccessSession.Start(("Console:AdministratorPassword", "admin")));
        Assert.Equal("Console__AdministratorPassword is refused: A password has 12 characters at least.", refused.Failures.Single());
        refused = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            AccessSession.Start(("OpenId:Authority", "https://login.example.org")));
        Assert.Equal(
            ["OpenId__ClientId is required: by what name does the server know the console?", "OpenId__ClientSecret is required",
                "OpenId__Roles give no role to anybody: name a value of roles for each role"], refused.Failures);
    }

    [Fact]
    public async Task Signing_in_and_out_is_written_down_but_nothing_that_was_typed_by_mistake()
    {
        await using var session = await AccessSession.Start();
        using var browser = session.Browse();
        await browser.SignIn("my password in the wrong field", "x");
        await browser.SignIn("admin", "not the password");
        await browser.SignIn("admin", AccessSession.Password);
        var signedOut = await browser.Post("/sign-out", Browser.Hidden((await browser.Get("/account")).Body, "sign-out"));
        Assert.Equal((302, "/sign-in"), (signedOut.Status, signedOut.Location));
        Assert.Null(browser.Session);
        Assert.Equal(302, (await browser.Get("/account")).Status);

        Assert.Equal(["anonymous sign-in.failed ", "anonymous sign-in.failed admin", "admin sign-in admin", "admin sign-out admin"],
            await session.Query<string>("select `by` || ' ' || what || ' ' || coalesce(subject, '') from console_audit order by id"));
        Assert.All(await session.Query<string>("select address from console_audit"), address => Assert.Equal("127.0.0.1", address));
    }

    static string WithoutWhatDiffers(string body) => Values().Replace(Names().Replace(body, ""), "");

    // What is encrypted: the token of each form, and what the framework keeps for a circuit.
    [GeneratedRegex("CfDJ8[A-Za-z0-9+/=_-]*")]
    private static partial Regex Values();

    [GeneratedRegex("value=\"(admin|nobody|eva)\"")]
    private static partial Regex Names();
}
