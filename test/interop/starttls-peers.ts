import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { findProgram, freePort, type Peer, startPeer } from './peers.ts';

const run = promisify(execFile);

/** Servers in which TLS begins later. `server.pem`, `server.key` and `authorities.pem` lie in their folder. */
export interface StarttlsPeer {
  readonly needs: readonly string[];
  /** Id of the protocol in net/starttls. */
  readonly protocol: string;
  /** The name that it knows itself by, where it insists on one. */
  readonly domain?: string;
  /** It offers TLS 1.2 only. */
  readonly isOld?: boolean;
  start(folder: string): Promise<Peer>;
}

/** From /usr/sbin; of the package libnginx-mod-mail. */
const NGINX_MAIL = '../lib/nginx/modules/ngx_mail_module.so';

const nginxMail = (protocol: string): StarttlsPeer => ({
  needs: ['nginx', NGINX_MAIL],
  protocol,
  isOld: true,
  start: async (folder) => {
    const port = await freePort();
    const config = `
      daemon off; master_process off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
      load_module ${findProgram(NGINX_MAIL)};
      events {}
      mail {
        server_name mail.example.com; auth_http 127.0.0.1:9; starttls on;
        ssl_certificate ${folder}/server.pem; ssl_certificate_key ${folder}/server.key; ssl_protocols TLSv1.2;
        ssl_client_certificate ${folder}/authorities.pem; ssl_verify_client optional;
        server { listen 127.0.0.1:${port}; protocol ${protocol}; }
      }`;
    await writeFile(path.join(folder, 'nginx.conf'), config);
    const args = ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', path.join(folder, 'error.log')];
    return startPeer(findProgram('nginx')!, args, port, folder);
  },
});

export const STARTTLS_PEERS: Readonly<Record<string, StarttlsPeer>> = {
  'nginx, SMTP': nginxMail('smtp'),
  'nginx, IMAP': nginxMail('imap'),
  'nginx, POP3': nginxMail('pop3'),
  slapd: { needs: ['slapd'], protocol: 'ldap', start: (folder) => startSlapd(folder, 'allow') },
  vsftpd: {
    needs: ['vsftpd'],
    protocol: 'ftp',
    start: async (folder) => {
      const port = await freePort();
      await mkdir(path.join(folder, 'empty'));
      const config = `listen=YES
background=NO
listen_address=127.0.0.1
listen_port=${port}
run_as_launching_user=YES
secure_chroot_dir=${folder}/empty
ssl_enable=YES
allow_anon_ssl=YES
rsa_cert_file=${folder}/server.pem
rsa_private_key_file=${folder}/server.key
ca_certs_file=${folder}/authorities.pem
ssl_request_cert=YES
ssl_ciphers=HIGH
`;
      await writeFile(path.join(folder, 'vsftpd.conf'), config);
      return startPeer(findProgram('vsftpd')!, [path.join(folder, 'vsftpd.conf')], port, folder);
    },
  },
  postgres: {
    needs: ['postgres', 'initdb'],
    protocol: 'postgres',
    start: async (folder) => {
      const [port, own] = [await freePort(), await ownFolder(folder)];
      const data = path.join(own, 'data');
      const making = ['-D', data, '-A', 'trust', '-U', 'x', '--no-sync', '--no-instructions'];
      await run(...asNobody(findProgram('initdb')!, making));
      const settings = {
        ssl: 'on',
        ssl_cert_file: path.join(folder, 'server.pem'),
        ssl_key_file: path.join(own, 'server.key'),
        ssl_ca_file: path.join(folder, 'authorities.pem'),
        unix_socket_directories: '',
      };
      const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
      const args = ['-D', data, '-h', '127.0.0.1', '-p', String(port), ...given];
      return startPeer(...asNobody(findProgram('postgres')!, args), port, folder);
    },
  },
  MariaDB: {
    needs: ['mariadbd', 'mariadb-install-db'],
    protocol: 'mysql',
    start: async (folder) => {
      const [port, own] = [await freePort(), await ownFolder(folder)];
      const data = `--datadir=${path.join(own, 'data')}`;
      await run(...asNobody(findProgram('mariadb-install-db')!, ['--no-defaults', data, '--skip-test-db']));
      const args = [
        ...['--no-defaults', data, `--socket=${own}/socket`, `--port=${port}`, '--bind-address=127.0.0.1'],
        ...[`--ssl-ca=${folder}/authorities.pem`, `--ssl-cert=${folder}/server.pem`],
        `--ssl-key=${own}/server.key`,
      ];
      return startPeer(...asNobody(findProgram('mariadbd')!, args), port, folder);
    },
  },
  'Prosody, clients': prosody('xmpp'),
  'Prosody, servers': prosody('xmpp-server'),
  xrdp: {
    needs: ['xrdp'],
    protocol: 'rdp',
    start: (folder) => startXrdp(folder, 'tls'),
  },
};

/** `verify`: as its configuration has it. */
export async function startSlapd(folder: string, verify: 'allow' | 'demand'): Promise<Peer> {
  const port = await freePort();
  const config = `pidfile ${folder}/slapd.pid
TLSCertificateFile ${folder}/server.pem
TLSCertificateKeyFile ${folder}/server.key
TLSCACertificateFile ${folder}/authorities.pem
TLSVerifyClient ${verify}
`;
  await writeFile(path.join(folder, 'slapd.conf'), config);
  const args = ['-h', `ldap://127.0.0.1:${port}`, '-f', path.join(folder, 'slapd.conf'), '-d', '0'];
  return startPeer(findProgram('slapd')!, args, port, folder);
}

function prosody(protocol: 'xmpp' | 'xmpp-server'): StarttlsPeer {
  return {
    needs: ['prosody'],
    protocol,
    domain: 'localhost',
    start: async (folder) => {
      const [port, other, own] = [await freePort(), await freePort(), await ownFolder(folder)];
      const [clients, servers] = protocol === 'xmpp' ? [port, other] : [other, port];
      const config = `pidfile = "${own}/prosody.pid"
data_path = "${own}"
log = { { levels = { min = "info" }, to = "console" } }
interfaces = { "127.0.0.1" }
c2s_ports = { ${clients} }
s2s_ports = { ${servers} }
modules_enabled = { "tls"; "c2s"; "s2s"; "saslauth"; "dialback" }
ssl = { certificate = "${folder}/server.pem"; key = "${own}/server.key"; cafile = "${folder}/authorities.pem"; verify = { "peer" } }
VirtualHost "localhost"
`;
      await writeFile(path.join(folder, 'prosody.cfg.lua'), config);
      const args = ['--config', path.join(folder, 'prosody.cfg.lua'), '-F'];
      return startPeer(...asNobody(findProgram('prosody')!, args), port, folder);
    },
  };
}

/** `security`: tls, or rdp for RDP's own. */
export async function startXrdp(folder: string, security: 'tls' | 'rdp'): Promise<Peer> {
  const [port, own] = [await freePort(), await ownFolder(folder)];
  const config = `[Globals]
ini_version=1
port=tcp://127.0.0.1:${port}
security_layer=${security}
crypt_level=high
certificate=${folder}/server.pem
key_file=${own}/server.key
ssl_protocols=TLSv1.2, TLSv1.3
[Logging]
LogFile=${own}/xrdp.log
LogLevel=INFO
EnableSyslog=false
[Xorg]
name=Xorg
lib=libxup.so
username=ask
password=ask
ip=127.0.0.1
port=-1
code=20
`;
  await writeFile(path.join(folder, 'xrdp.ini'), config);
  const args = ['--nodaemon', '--config', path.join(folder, 'xrdp.ini')];
  return startPeer(...asNobody(findProgram('xrdp')!, args), port, folder);
}

const isRoot = process.getuid?.() === 0;
const [NOBODY, NOGROUP] = [65534, 65534];

/** Databases refuse to run as root. */
function asNobody(program: string, args: readonly string[]): [program: string, args: string[]] {
  if (!isRoot) return [program, [...args]];
  const ids = [`--reuid=${NOBODY}`, `--regid=${NOGROUP}`, '--clear-groups'];
  return [findProgram('setpriv')!, [...ids, program, ...args]];
}

/** A folder that the server may write to, with the key as its own: some take no key that others can read. */
async function ownFolder(folder: string): Promise<string> {
  const own = path.join(folder, 'own');
  await mkdir(own, { mode: 0o700 });
  await copyFile(path.join(folder, 'server.key'), path.join(own, 'server.key'));
  await chmod(path.join(own, 'server.key'), 0o600);
  if (!isRoot) return own;
  for (const file of [own, path.join(own, 'server.key')]) await chown(file, NOBODY, NOGROUP);
  return own;
}
