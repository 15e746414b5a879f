using Sigma.Notifier.Texts;

namespace Sigma.Notifier.Channels;

/// <summary>Settings of a channel whose messages people read in a chat. Its texts are in WhatsApp's markup, whatever the chat's own.</summary>
public abstract class ChatOptions : ChannelOptions
{
    /// <summary>The defaults.</summary>
    protected ChatOptions()
    {
        RaisedText =
            """
            🚨 *Excesso de eventos*
            *{accountCode}* {tradeName}
            Empresa: {company}
            Grupo: {clientGroup}
            CUC: {cuc}
            Código: {code}
            {labels}
            *{count} eventos* (limite {threshold})
            De {windowFrom} até {windowTo}
            """;
        ClearedText =
            """
            ✅ *Volume normalizado*
            *{accountCode}* {tradeName}
            Empresa: {company}
            Grupo: {clientGroup}
            CUC: {cuc}
            Código: {code}
            {labels}
            Agora {count} eventos (limite {threshold})
            Alerta de {raisedAt} até {clearedAt} ({duration})
            """;
        RaisedAndClearedText =
            """
            ℹ️ *Excesso de eventos, já normalizado*
            *{accountCode}* {tradeName}
            CUC: {cuc}
            Código: {code}
            {labels}
            {count} eventos (limite {threshold}), de {raisedAt} até {clearedAt} ({duration})
            """;
        RuleEndedText =
            """
            ℹ️ *Alerta encerrado: a regra mudou*
            *{accountCode}* {tradeName}
            Empresa: {company}
            Grupo: {clientGroup}
            CUC: {cuc}
            Código: {code}
            {labels}
            A regra {rule} foi removida ou alterada; o volume não foi verificado.
            Alerta de {count} eventos (limite {threshold}), de {raisedAt} até {clearedAt} ({duration})
            """;
        RaisedAndRuleEndedText =
            """
            ℹ️ *Excesso de eventos, encerrado: a regra mudou*
            *{accountCode}* {tradeName}
            CUC: {cuc}
            Código: {code}
            {labels}
            A regra {rule} foi removida ou alterada; o volume não foi verificado.
            {count} eventos (limite {threshold}), de {raisedAt} até {clearedAt} ({duration})
            """;
    }

    internal override Markup Markup => Markup.WhatsApp;

    /// <summary>What is said of many alerts in one message.</summary>
    public DigestTexts Digest { get; set; } = new();
}
