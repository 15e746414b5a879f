using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Languages_of_texts
{
    [Fact]
    public async Task Are_one_for_all_and_another_for_an_integration()
    {
        await using var notifier = await Start(
        [
            ("Notifier:Texts:Language", "en"), ("Notifier:Receivers:0:Name", "station"),
            .. Group(0, "operators", "120363000000000000@g.us"),
            .. Group(1, "owner", "5511999990000"), ("Notifier:Receivers:0:Integrations:1:Language", "pt-BR"),
            .. Group(2, "own", "5511999991111"), ("Notifier:Receivers:0:Integrations:2:RaisedText", "🚨 *Excesso de eventos*\\nLigue já: {code}"),
        ]);
        var alert = Guid.NewGuid();

        await notifier.Publish(Raised(alert));
        await notifier.Until(alert, "operators raised: sent", "own raised: sent", "owner raised: sent");

        var said = notifier.Simulator.Received.Messages.ToDictionary(message => message.Number, message => message.Message);
        Assert.Equal(
            """
            🚨 *Too many events*
            *0042* Padaria do Zé
            Company: Vigília Sul Ltda
            Group: Varejo
            CUC: ALR
            Code: E130
            *20 events* (limit 20)
            From 20 Nov 16:00 to 20 Nov 18:00
            """.ReplaceLineEndings("\n"), said["120363000000000000@g.us"]);
        Assert.StartsWith("🚨 *Excesso de eventos*\n*0042* Padaria do Zé\nEmpresa: ", said["5511999990000"]);
        Assert.Equal("🚨 *Excesso de eventos*\nLigue já: E130", said["5511999991111"]);
    }

    static (string, string)[] Group(int at, string name, string recipient) =>
    [
        ($"Notifier:Receivers:0:Integrations:{at}:Name", name), ($"Notifier:Receivers:0:Integrations:{at}:Type", "whatsapp"),
        ($"Notifier:Receivers:0:Integrations:{at}:ChatPro:Recipient", recipient),
    ];
}
