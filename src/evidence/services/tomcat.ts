import type { Asks } from '../claims.ts';
import { descendants, parseXml, type XmlElement } from '../xml.ts';
import { type Config, type Dialect, type OpenService, openService } from './dialect.ts';

/** Tomcat's server.xml: Connector with clientAuth, or SSLHostConfig with certificateVerification. */
export const tomcat: Dialect = {
  marks: /<Connector\s|<SSLHostConfig[\s>]/,
  read(config) {
    const { roots } = parseXml(config.text);
    const connectors = roots.flatMap((root) => [
      ...(root.name === 'Connector' ? [root] : []),
      ...descendants(root, 'Connector'),
    ]);
    return connectors.flatMap((one) => servicesOf(one, config));
  },
};

const ASKS: Readonly<Record<string, Asks>> = {
  true: 'required',
  required: 'required',
  yes: 'required',
  want: 'optional',
  optional: 'optional',
  optionalnoca: 'optional',
  false: 'never',
  none: 'never',
  no: 'never',
};

function servicesOf(connector: XmlElement, config: Config): OpenService[] {
  const { attributes } = connector;
  if (!/^true$/i.test(attributes.get('SSLEnabled') ?? '')) return [];
  const hosts = connector.children.filter(({ name }) => name === 'SSLHostConfig');
  const byDefault = attributes.get('defaultSSLHostConfigName') ?? '_default_';
  if (hosts.length === 0) return [serviceOf(connector, connector, config)];
  return hosts.map((host) => {
    const service = serviceOf(connector, host, config);
    const name = host.attributes.get('hostName') ?? '_default_';
    if (name !== '_default_') service.names = [name];
    service.isDefault = name.toLowerCase() === byDefault.toLowerCase();
    return service;
  });
}

function serviceOf(connector: XmlElement, own: XmlElement, config: Config): OpenService {
  const value = (...names: string[]): string | undefined =>
    names.map((name) => own.attributes.get(name)).find((one) => one !== undefined);
  const asks = value('certificateVerification', 'clientAuth', 'SSLVerifyClient');
  const service = openService('Tomcat', config.at(own.line), ASKS[(asks ?? 'none').toLowerCase()] ?? 'never');
  const port = Number(connector.attributes.get('port') ?? Number.NaN);
  const address = connector.attributes.get('address');
  if (Number.isInteger(port)) service.port = port;
  if (address !== undefined) service.address = address;
  if (asks !== undefined) service.askedAt = config.at(own.line);
  const trust = value('truststoreFile', 'caCertificateFile', 'caCertificatePath', 'SSLCACertificateFile');
  if (trust !== undefined) Object.assign(service, { trust, advertises: 'trust' });
  const depth = Number(value('certificateVerificationDepth') ?? Number.NaN);
  if (Number.isInteger(depth)) service.depth = depth;
  const protocols = value('protocols', 'sslEnabledProtocols');
  if (protocols !== undefined && !/all/i.test(protocols)) service.protocols = protocols.split(/[+,\s]+/);
  const upgrades = connector.children.filter(({ name }) => name === 'UpgradeProtocol');
  if (upgrades.some(({ attributes }) => /Http2Protocol/.test(attributes.get('className') ?? '')))
    service.http2 = true;
  return service;
}
