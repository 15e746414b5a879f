using MassTransit;

namespace Sigma.Storage.Sagas;

/// <summary>The statements of one saga's table: all that is written per saga.</summary>
public interface ISagaTable<TSaga> where TSaga : class, ISaga
{
    /// <summary>Reads and locks the instance; null when there is none.</summary>
    Task<TSaga?> Load(DbSession session, Guid id, CancellationToken ct);

    /// <summary>Adds the instance; a duplicate key is the database's exception, and the message is tried again.</summary>
    Task Insert(DbSession session, TSaga saga, CancellationToken ct);

    /// <summary>Writes the instance back.</summary>
    Task Update(DbSession session, TSaga saga, CancellationToken ct);

    /// <summary>Takes the instance away when it is completed.</summary>
    Task Delete(DbSession session, TSaga saga, CancellationToken ct);
}
