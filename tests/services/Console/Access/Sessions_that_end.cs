using System.Net.WebSockets;
using System.Text;
using Sigma.OperatorConsole.Access;

namespace Sigma.ServiceTests.Console.Access;

/// <summary>Who was signed in and is not any more, on every screen.</summary>
public sealed class Sessions_that_end
{
    const string Another = "grampo azul telhado";

    [Fact]
    public async Task A_changed_password_ends_all_other_sessions()
    {
        await using var session = await AccessSession.Start();
        using var old = await session.Browse("admin");
        using var browser = await session.Browse("admin");
        Assert.Equal(200, (await old.Get("/account")).Status);

        var answer = await browser.Submit("/account", "change-password",
            ("Form.Present", AccessSession.Password), ("Form.Wanted", Another), ("Form.Again", Another));

        Assert.Equal(302, answer.Status);
        Assert.Equal(200, (await browser.Get("/account")).Status);
        Assert.Equal((302, "/sign-in?return=%2Faccount"), (await old.Get("/account")) is { } refused ? (refused.Status, refused.Location!) : default);
        Assert.Equal(401, (await old.Get("/api/v1/me")).Status);
        using var late = session.Browse();
        Assert.Equal(401, (await late.SignIn("admin", AccessSession.Password)).Status);
    }

    [Fact]
    public async Task A_wrong_present_password_changes_nothing()
    {
        await using var session = await AccessSession.Start();
        using var browser = await session.Browse("admin");
        var answer = await browser.Submit("/account", "change-password",
            ("Form.Present", "not the password"), ("Form.Wanted", Another), ("Form.Again", Another));
        Assert.Equal(200, answer.Status);
        Assert.Contains("The present password is wrong.", answer.Body);
        using var again = await session.Browse("admin");
    }

    [Fact]
    public async Task Another_role_other_limits_and_the_end_of_the_user_end_their_sessions()
    {
        await using var session = await AccessSession.Start();
        var eva = await session.Add("eva", Role.Operator);
        Func<Task>[] changes =
        [
            () => session.Users.Change(eva.UserId, Role.Viewer, LabelLimits.None, false, AccessSession.System, default),
            () => session.Users.Change(eva.UserId, Role.Viewer, AccessSession.Limited, false, AccessSession.System, default),
            () => session.Users.Remove(eva.UserId, AccessSession.System, default),
        ];
        foreach (var change in changes)
        {
            using var browser = await session.Browse("eva");
            Assert.Equal(200, (await browser.Get("/account")).Status);
            await change();
            Assert.Equal(302, (await browser.Get("/account")).Status);
            Assert.Null(browser.Session);
        }
    }

    [Fact]
    public async Task A_new_password_by_an_administrator_ends_the_sessions_and_must_be_changed()
    {
        await using var session = await AccessSession.Start();
        var eva = await session.Add("eva", Role.Operator);
        using var browser = await session.Browse("eva");
        using var administrator = await session.Browse("admin");
        var page = await administrator.Submit($"/administration/users/{eva.UserId}", "reset-password");
        var password = System.Text.RegularExpressions.Regex.Match(page.Body, "<code[^>]*>([^<]+)</code>").Groups[1].Value;

        Assert.Equal(302, (await browser.Get("/account")).Status);
        Assert.Equal(401, (await browser.SignIn("eva", AccessSession.Password)).Status);
        Assert.Equal(302, (await browser.SignIn("eva", password)).Status);
        Assert.Equal("/account", (await browser.Get("/")).Location);
    }

    [Fact]
    public async Task All_of_ones_own_sessions_can_be_ended()
    {
        await using var session = await AccessSession.Start();
        using var lost = await session.Browse("admin");
        using var browser = await session.Browse("admin");
        Assert.Equal("/sign-in", (await browser.Submit("/account", "end-sessions")).Location);
        Assert.Equal(302, (await lost.Get("/account")).Status);
    }

    [Fact]
    public async Task Two_consoles_share_their_sessions_and_what_ends_them()
    {
        await using var session = await AccessSession.Start();
        await using var another = await session.StartAnother();
        using var browser = await session.Browse("admin");
        using Browser elsewhere = new(another.Url);
        elsewhere.Cookies.Add(another.Url, new System.Net.Cookie("sigma.console", browser.Session));
        Assert.Equal(200, (await elsewhere.Get("/account")).Status);

        await browser.Submit("/account", "end-sessions");
        await Await.Until(async () => (await elsewhere.Get("/account")).Status, status => status == 302, "the other console has seen it",
            TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_open_screen_is_cut_off()
    {
        await using var session = await AccessSession.Start();
        var eva = await session.Add("eva", Role.Operator);
        using var browser = await session.Browse("eva");
        using var screen = await Circuit(session, browser.Session);
        await screen.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, default);
        using CancellationTokenSource tooLong = new(TimeSpan.FromSeconds(20));
        var buffer = new byte[1024];
        var first = await screen.ReceiveAsync(buffer, tooLong.Token);
        Assert.NotEqual(WebSocketMessageType.Close, first.MessageType);

        await session.Users.Change(eva.UserId, Role.Operator, LabelLimits.None, true, AccessSession.System, default);

        var ended = await Record.ExceptionAsync(async () =>
        {
            while ((await screen.ReceiveAsync(buffer, tooLong.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        });
        Assert.IsNotType<OperationCanceledException>(ended, exactMatch: false);
        Assert.Contains("401", (await Assert.ThrowsAsync<WebSocketException>(() => Circuit(session, browser.Session))).Message);
    }

    [Fact]
    public async Task Another_site_opens_no_circuit()
    {
        await using var session = await AccessSession.Start();
        using var browser = await session.Browse("admin");
        using var ours = await Circuit(session, browser.Session, session.Url.GetLeftPart(UriPartial.Authority));
        Assert.Contains("403",
            (await Assert.ThrowsAsync<WebSocketException>(() => Circuit(session, browser.Session, "https://evil.example"))).Message);
        Assert.Contains("401", (await Assert.ThrowsAsync<WebSocketException>(() => Circuit(session, null))).Message);
    }

    static async Task<ClientWebSocket> Circuit(AccessSession session, string? cookie, string? origin = null)
    {
        ClientWebSocket socket = new();
        if (cookie is not null)
            socket.Options.SetRequestHeader("Cookie", $"sigma.console={cookie}");
        if (origin is not null)
            socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new UriBuilder(session.Url) { Scheme = "ws", Path = "/_blazor" }.Uri, default);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
