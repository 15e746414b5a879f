using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.SystemNotices;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier.Vendors;

public sealed class Notices_in_chats
{
    [Theory]
    [InlineData("slack", "ok", "⚠️ *Monitoramento parado*\\nMotivo: a &lt; b")]
    [InlineData("telegram", """{"ok":true,"result":{"message_id":1}}""", "⚠️ <b>Monitoramento parado</b>\\nMotivo: a &lt; b")]
    [InlineData("teams", "1", "⚠️ **Monitoramento parado**")]
    [InlineData("webhook", "", "⚠️ Monitoramento parado\\nMotivo: a < b")]
    public async Task Are_in_the_markup_of_the_chat(string type, string answer, string text)
    {
        await using var vendor = await VendorServer.Start(_ => new(200, answer));
        await using var notifier = await Start(VendorSettings.Of("team", type, Own(type, vendor.Url)));
        await notifier.EndSchedule();

        await using (var session = await notifier.Database.Begin(default))
        {
            await notifier.Services.GetRequiredService<NoticePlan>().Add(session, Guid.NewGuid(), NoticeKind.Warning,
                "⚠️ *Monitoramento parado*\nMotivo: a < b", default);
            await session.Commit(default);
        }
        await notifier.Services.GetRequiredService<NoticeSender>().Run(default);

        Assert.Equal(["team sent"], await notifier.Query<string>("select channel || ' ' || state from notifier_notices"));
        Assert.Contains(text, Assert.Single(vendor.Calls).Text);
    }

    static (string, string)[] Own(string type, string url) => type switch
    {
        "telegram" => [("BaseUrl", url), ("Token", "1:token"), ("ChatId", "-1")],
        "webhook" => [("Url", url), ("Secrets:0", "whsec_bmV3LWtleS1uZXcta2V5LW5ldy1rZXktbmV3LWtleSE="), ("AllowPrivateAddresses", "true")],
        _ => [("Url", url)],
    };
}
